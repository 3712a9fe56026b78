package io.veza.migrations.sql;

import java.io.Reader;
import java.util.Iterator;

/**
 * A reader of the statements of one section, one after the other, so that the memory
 * needed does not grow with the file. Its methods throw
 * {@link java.io.UncheckedIOException} when the file can no longer be read, and
 * {@link io.veza.migrations.failure.InvalidMigrationsException} when it is no longer a
 * valid migration file.
 *
 * @since 0.1.0
 */
public interface StatementReader extends Iterator<SqlStatement>, AutoCloseable {

	/**
	 * Return the data of the {@code COPY … FROM STDIN} that {@link #next()} returned
	 * last, without the line that ends it. What is left unread is skipped by the next
	 * call of {@link #hasNext()}.
	 * @return the data, to be read before the next statement
	 * @throws IllegalStateException if the last statement has no data
	 */
	Reader copyData();

	/**
	 * Return the line on which the data of the last {@code COPY … FROM STDIN} starts.
	 * @return the line in the file, from 1
	 * @throws IllegalStateException if the last statement has no data
	 */
	int copyDataLine();

	/**
	 * Read what is left of the file and return the checksum of all of it, as it was read
	 * this time.
	 * @return the checksum of the whole file
	 */
	Checksum finish();

	@Override
	void close();

}
