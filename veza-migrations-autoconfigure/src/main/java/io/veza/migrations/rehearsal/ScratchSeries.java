package io.veza.migrations.rehearsal;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * The scratch databases of a rehearsal, one after the other.
 */
final class ScratchSeries implements AutoCloseable {

	private final Source source;

	private @Nullable Scratch current;

	ScratchSeries(Source source) {
		this.source = source;
	}

	/**
	 * Return the database to work on.
	 * @return the database, created if there is none
	 * @throws SQLException if it cannot be created
	 */
	Scratch current() throws SQLException {
		Scratch scratch = this.current;
		if (scratch == null) {
			scratch = this.source.create();
			this.current = scratch;
		}
		return scratch;
	}

	/**
	 * Replace the database.
	 * @return the new one
	 * @throws SQLException if it cannot be created
	 */
	Scratch renew() throws SQLException {
		close();
		return current();
	}

	@Override
	public void close() {
		Scratch scratch = this.current;
		this.current = null;
		if (scratch != null) {
			scratch.close();
		}
	}

	/**
	 * Creates a database.
	 */
	@FunctionalInterface
	interface Source {

		Scratch create() throws SQLException;

	}

}
