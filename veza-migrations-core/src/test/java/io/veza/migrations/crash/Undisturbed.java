package io.veza.migrations.crash;

import java.io.IOException;

import io.veza.migrations.testsupport.TestDatabase;

/**
 * An undisturbed run, to compare with.
 *
 * @param operation what was run
 * @param template the name of the database from which it began
 * @param profile how long its phases took
 * @param fingerprint the database after it
 * @param migratedAgain the database after migrating again, which is the same unless
 * something was rolled back
 * @param result the name of the database that it left
 */
record Undisturbed(Operation operation, String template, Profile profile, Fingerprint fingerprint,
		Fingerprint migratedAgain, String result) {

	static Undisturbed run(Laboratory laboratory, String template, Operation operation) throws IOException {
		TestDatabase database = laboratory.database(template);
		Child child = laboratory.runInPeace(database, operation);
		Fingerprint fingerprint = Fingerprint.of(database);
		if (!operation.isRollback()) {
			return new Undisturbed(operation, template, Profile.of(child.lines()), fingerprint, fingerprint,
					database.name());
		}
		laboratory.runInPeace(database, Operation.MIGRATE);
		return new Undisturbed(operation, template, Profile.of(child.lines()), fingerprint, Fingerprint.of(database),
				database.name());
	}

}
