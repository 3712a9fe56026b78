package io.veza.migrations.sql;

import java.util.Optional;

/**
 * The SQL of a section. It is read from the file as a stream each time that it is needed.
 *
 * @since 0.1.0
 */
public interface SqlScript {

	/**
	 * Start to read the statements.
	 * @return a reader, to be closed
	 * @throws java.io.UncheckedIOException if the file cannot be read
	 */
	StatementReader open();

	/**
	 * Return the text of the section, without the line that marks its beginning.
	 * @param maxBytes the most bytes in UTF-8 that the text may have
	 * @return the text, or empty if it has more
	 * @throws java.io.UncheckedIOException if the file cannot be read
	 */
	Optional<String> text(int maxBytes);

}
