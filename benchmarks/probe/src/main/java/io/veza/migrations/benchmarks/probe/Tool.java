package io.veza.migrations.benchmarks.probe;

import java.nio.file.Path;

/**
 * A way to migrate a database. It is made by its public constructor without parameters.
 */
public interface Tool {

	/**
	 * Apply what is pending.
	 * @param database the database
	 * @param folder the migration files, in the layout of the tool
	 * @throws Exception if it fails
	 */
	void migrate(Target database, Path folder) throws Exception;

	/**
	 * Take back the latest migrations.
	 * @param database the database
	 * @param folder the migration files, in the layout of the tool
	 * @param count how many
	 * @throws Exception if it fails
	 */
	default void rollback(Target database, Path folder, int count) throws Exception {
		throw new UnsupportedOperationException("This tool takes nothing back. Measure another one.");
	}

	/**
	 * Read all migration files without a database.
	 * @param location where they are, as Spring writes locations
	 * @return how many there are
	 * @throws Exception if it fails
	 */
	default int load(String location) throws Exception {
		throw new UnsupportedOperationException("This tool does not read alone. Measure another one.");
	}

}
