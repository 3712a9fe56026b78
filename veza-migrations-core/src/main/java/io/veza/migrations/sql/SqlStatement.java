package io.veza.migrations.sql;

import org.jspecify.annotations.Nullable;

/**
 * One SQL statement with its place in the file.
 *
 * @param sql the text without the terminating semicolon, from its first token to its last
 * @param line the line in the file on which it starts, from 1
 * @param column the column in that line, in characters, from 1
 * @param kind the kind of the statement
 * @param subject what it makes, removes or changes, {@code null} unless it refuses a
 * transaction and the catalogs can tell what became of it
 * @since 0.1.0
 */
public record SqlStatement(String sql, int line, int column, Kind kind, @Nullable StatementSubject subject) {

	/**
	 * Create a statement of which the catalogs need not tell what became.
	 * @param sql the text
	 * @param line the line
	 * @param column the column
	 * @param kind the kind of the statement
	 */
	public SqlStatement(String sql, int line, int column, Kind kind) {
		this(sql, line, column, kind, null);
	}

	/**
	 * The kind of a statement, as far as it matters for running it.
	 */
	public enum Kind {

		/** Runs inside a transaction block. */
		ORDINARY,

		/** May return rows, and is complete only when all of them were fetched. */
		QUERY,

		/** PostgreSQL refuses it inside a transaction block. */
		REFUSES_TRANSACTION,

		/**
		 * {@code CREATE}, {@code DROP} or {@code REINDEX INDEX CONCURRENTLY}: refused
		 * inside a transaction block, and what it waits for keeps no reads or writes
		 * waiting.
		 */
		INDEX_CONCURRENTLY,

		/**
		 * {@code DETACH PARTITION CONCURRENTLY}: refused inside a transaction block, and
		 * completed with {@code FINALIZE} if it was interrupted.
		 */
		DETACH_CONCURRENTLY,

		/**
		 * {@code ALTER TABLE … VALIDATE CONSTRAINT}: runs inside a transaction block, and
		 * what it waits for keeps no reads or writes waiting.
		 */
		VALIDATE_CONSTRAINT,

		/** Opens a transaction block. */
		BEGIN,

		/** Ends a transaction block and keeps its work. */
		COMMIT,

		/** Ends a transaction block and discards its work. */
		ROLLBACK,

		/**
		 * {@code COPY … FROM STDIN}; its data follows, see
		 * {@link StatementReader#copyData()}.
		 */
		COPY_FROM_STDIN;

		/**
		 * Return whether PostgreSQL refuses such a statement inside a transaction block.
		 * @return whether it has to run alone
		 */
		public boolean refusesTransaction() {
			return this == REFUSES_TRANSACTION || this == INDEX_CONCURRENTLY || this == DETACH_CONCURRENTLY;
		}

	}

}
