package io.veza.migrations.benchmarks.probe;

import java.nio.file.Path;

/**
 * What a tool is asked to do, as the arguments of a process say it.
 *
 * @param kind what
 * @param location where the migration files are
 * @param count how many migrations to take back
 */
public record Operation(Kind kind, String location, int count) {

	/**
	 * Return the wish to apply what is pending.
	 * @param folder the migration files
	 * @return the operation
	 */
	public static Operation migrate(Path folder) {
		return new Operation(Kind.MIGRATE, folder.toString(), 0);
	}

	/**
	 * Return the wish to take back the latest migrations.
	 * @param folder the migration files
	 * @param count how many
	 * @return the operation
	 */
	public static Operation rollback(Path folder, int count) {
		return new Operation(Kind.ROLLBACK, folder.toString(), count);
	}

	/**
	 * Return the wish to read all migration files.
	 * @param location where they are, as Spring writes locations
	 * @return the operation
	 */
	public static Operation load(String location) {
		return new Operation(Kind.LOAD, location, 0);
	}

	/**
	 * Do it.
	 * @param tool who does it
	 * @param database the database
	 * @throws Exception if it fails
	 */
	public void run(Tool tool, Target database) throws Exception {
		switch (this.kind) {
			case MIGRATE -> tool.migrate(database, Path.of(this.location));
			case ROLLBACK -> tool.rollback(database, Path.of(this.location), this.count);
			case LOAD -> requireFiles(tool.load(this.location));
		}
	}

	private void requireFiles(int found) {
		if (found == 0) {
			throw new IllegalStateException("\"" + this.location + "\" holds no migrations. Check the location.");
		}
	}

	/**
	 * What a tool can do.
	 */
	public enum Kind {

		/** Apply what is pending. */
		MIGRATE,

		/** Take back the latest migrations. */
		ROLLBACK,

		/** Read all migration files. */
		LOAD

	}

}
