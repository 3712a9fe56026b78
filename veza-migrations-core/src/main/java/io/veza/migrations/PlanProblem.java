package io.veza.migrations;

import java.util.List;
import java.util.stream.Collectors;

import io.veza.migrations.sql.Checksum;

/**
 * A reason not to run, found while planning.
 *
 * @since 0.1.0
 */
public sealed interface PlanProblem
		permits PlanProblem.ChangedFile, PlanProblem.MissingFile, PlanProblem.RenamedFile, PlanProblem.SchemaDrift,
		PlanProblem.UnknownDrift, PlanProblem.NoFiles, PlanProblem.OutOfOrder, PlanProblem.UnfinishedMigration,
		PlanProblem.UnknownTarget, PlanProblem.SingleTransaction, PlanProblem.BaselineOnHistory,
		PlanProblem.NothingToRepair, PlanProblem.NamedTwice, PlanProblem.NothingNamed, RollbackProblem {

	/**
	 * Return the message for people: the problem and its solution, with the concrete
	 * names.
	 * @return two sentences
	 */
	String message();

	/**
	 * The UP of an applied migration differs from its file.
	 *
	 * @param version the version
	 * @param file the file
	 * @param applied the checksum that was stored when it was applied
	 * @param found the checksum of the file
	 */
	record ChangedFile(MigrationVersion version, String file, Checksum applied, Checksum found) implements PlanProblem {

		@Override
		public String message() {
			return "The UP of \"" + this.file + "\" differs from what was applied as version \"" + this.version
					+ "\" (checksum " + this.applied + " when applied, " + this.found
					+ " now). Restore the file and put the change into a new migration, or accept the file with repair.";
		}

	}

	/**
	 * An applied migration has no file here, although newer ones have.
	 *
	 * @param version the version
	 * @param description the description in the history
	 */
	record MissingFile(MigrationVersion version, String description) implements PlanProblem {

		@Override
		public String message() {
			return "Version \"" + this.version + "\" (" + this.description
					+ ") is applied but has no file here, although newer versions have one. "
					+ "Bring the file back, or remove its history row with repair.";
		}

	}

	/**
	 * A pending file holds the UP of an applied version that has no file here.
	 *
	 * @param version the version of the file
	 * @param file the file
	 * @param applied the version as which its UP was applied
	 * @param description the description in the history
	 */
	record RenamedFile(MigrationVersion version, String file, MigrationVersion applied,
			String description) implements PlanProblem {

		@Override
		public String message() {
			return "\"" + this.file + "\" is pending, but its UP was applied as version \"" + this.applied + "\" ("
					+ this.description + "), which has no file here. If the file was renamed, accept version \""
					+ this.version
					+ "\" as renamed with repair; if it is to run once more, remove the history row of \""
					+ this.applied + "\" with repair first.";
		}

	}

	/**
	 * The schema is not as the newest run left it.
	 *
	 * @param differences the differences: {@code before} is the state that the run left
	 */
	record SchemaDrift(List<CatalogDifference> differences) implements PlanProblem {

		public SchemaDrift {
			differences = List.copyOf(differences);
		}

		@Override
		public String message() {
			return "The schema is not as the newest run left it, and veza.migrations.drift is fail:"
					+ CatalogDifference.describe(this.differences)
					+ "\nPut each back as it was, or set veza.migrations.drift=warn for one run, which takes it over.";
		}

	}

	/**
	 * The check whether the schema is as the newest run left it has failed.
	 *
	 * @param why the message of the server
	 */
	record UnknownDrift(String why) implements PlanProblem {

		@Override
		public String message() {
			return "It could not be checked whether the schema is as the newest run left it, and veza.migrations.drift is "
					+ "fail: " + this.why + ". Start again when the cause is gone.";
		}

	}

	/**
	 * There is no migration file at all, although the database has a history.
	 *
	 * @param applied the number of applied migrations
	 */
	record NoFiles(int applied) implements PlanProblem {

		@Override
		public String message() {
			return "No migration file was found, but the history table holds " + this.applied
					+ " applied migration(s). Check veza.migrations.locations and that the files are on the class path.";
		}

	}

	/**
	 * A pending migration is older than the newest applied one.
	 *
	 * @param version the version
	 * @param file the file
	 * @param newest the newest applied version
	 */
	record OutOfOrder(MigrationVersion version, String file, MigrationVersion newest) implements PlanProblem {

		@Override
		public String message() {
			return "\"" + this.file + "\" is pending, but its version \"" + this.version
					+ "\" is older than the newest applied version \"" + this.newest
					+ "\". Give it a newer version, or set veza.migrations.out-of-order=allow.";
		}

	}

	/**
	 * A non-transactional migration or rollback stopped half-way and the request cannot
	 * resume it.
	 *
	 * @param version the version
	 * @param operation the operation that stopped
	 * @param why the obstacle, to be read after "stopped half-way and"
	 */
	record UnfinishedMigration(MigrationVersion version, MigrationOperation operation,
			String why) implements PlanProblem {

		@Override
		public String message() {
			String what = (this.operation == MigrationOperation.ROLLBACK) ? "rollback" : "migration";
			return "The " + what + " of version \"" + this.version + "\" stopped half-way and " + this.why
					+ ". If it cannot be finished, settle it with repair, as applied or as pending, "
					+ "after looking at what is there.";
		}

	}

	/**
	 * A request names a version that it cannot end at.
	 *
	 * @param version the version
	 * @param operation the requested operation
	 */
	record UnknownTarget(MigrationVersion version, MigrationOperation operation) implements PlanProblem {

		@Override
		public String message() {
			return (this.operation == MigrationOperation.ROLLBACK)
					? "Version \"" + this.version + "\" is not applied. Name an applied version, which stays."
					: "There is no migration file with version \"" + this.version
							+ "\". Name the version of a migration file.";
		}

	}

	/**
	 * All pending migrations are to share a transaction, and some cannot.
	 *
	 * @param versions the non-transactional versions
	 */
	record SingleTransaction(List<MigrationVersion> versions) implements PlanProblem {

		public SingleTransaction {
			versions = List.copyOf(versions);
		}

		@Override
		public String message() {
			return "veza.migrations.single-transaction is set, but these pending migrations are non-transactional: "
					+ this.versions.stream().map((version) -> "\"" + version + "\"").collect(Collectors.joining(", "))
					+ ". Unset the property for the run that applies them.";
		}

	}

	/**
	 * A baseline was asked for in a database that has a history.
	 *
	 * @param version the baseline version
	 * @param applied the number of applied migrations
	 */
	record BaselineOnHistory(MigrationVersion version, int applied) implements PlanProblem {

		@Override
		public String message() {
			return "The baseline \"" + this.version + "\" was asked for, but the history table holds " + this.applied
					+ " applied migration(s). A baseline is set once, before the first migration.";
		}

	}

	/**
	 * A repair names a version that is not in the state that it would settle.
	 *
	 * @param version the version
	 * @param expected the state that it would have to be in
	 */
	record NothingToRepair(MigrationVersion version, String expected) implements PlanProblem {

		@Override
		public String message() {
			return "Version \"" + this.version + "\" is not " + this.expected
					+ ". Look at the list of migrations and name the versions that need repair.";
		}

	}

	/**
	 * A repair names a version for more than one purpose.
	 *
	 * @param version the version
	 */
	record NamedTwice(MigrationVersion version) implements PlanProblem {

		@Override
		public String message() {
			return "Version \"" + this.version + "\" is named for more than one repair. "
					+ "Name it for one of them, and look at its state again afterwards.";
		}

	}

	/**
	 * A repair names no version at all.
	 */
	record NothingNamed() implements PlanProblem {

		@Override
		public String message() {
			return "The repair names no version. "
					+ "Name the versions to accept as changed, to settle as applied or as pending, or to remove as missing.";
		}

	}

}
