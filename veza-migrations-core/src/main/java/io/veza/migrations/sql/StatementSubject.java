package io.veza.migrations.sql;

import org.jspecify.annotations.Nullable;

/**
 * The object that a statement makes, removes or changes although it refuses a
 * transaction. PostgreSQL cannot undo such a statement as a whole, so that the catalogs
 * have to tell what became of it. Names are written as in the statement; PostgreSQL
 * resolves them.
 *
 * @since 0.1.0
 */
public sealed interface StatementSubject {

	/**
	 * The index of a {@code CREATE INDEX CONCURRENTLY}.
	 *
	 * @param index its name, {@code null} if PostgreSQL chooses one
	 * @param table its table
	 * @param ifNotExists whether an index of that name is taken for it
	 */
	record NewIndex(@Nullable String index, String table, boolean ifNotExists) implements StatementSubject {
	}

	/**
	 * The index of a {@code DROP INDEX CONCURRENTLY}.
	 *
	 * @param index its name
	 */
	record DroppedIndex(String index) implements StatementSubject {
	}

	/**
	 * The indexes of a {@code REINDEX CONCURRENTLY}.
	 */
	record RebuiltIndexes() implements StatementSubject {
	}

	/**
	 * The partition of a {@code DETACH PARTITION CONCURRENTLY}.
	 *
	 * @param parent the partitioned table
	 * @param partition the partition
	 */
	record DetachedPartition(String parent, String partition) implements StatementSubject {
	}

	/**
	 * An object outside of any schema that is created.
	 *
	 * @param type the type of the object
	 * @param name its name
	 */
	record CreatedObject(ObjectType type, String name) implements StatementSubject {
	}

	/**
	 * An object outside of any schema that is dropped.
	 *
	 * @param type the type of the object
	 * @param name its name
	 */
	record DroppedObject(ObjectType type, String name) implements StatementSubject {
	}

	/**
	 * A type of object that is created and dropped outside of a transaction.
	 */
	enum ObjectType {

		/** A database. */
		DATABASE,

		/** A tablespace. */
		TABLESPACE,

		/** A subscription. */
		SUBSCRIPTION

	}

}
