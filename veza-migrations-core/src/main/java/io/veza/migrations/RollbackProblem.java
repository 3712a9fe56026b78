package io.veza.migrations;

/**
 * A reason not to roll back, found while planning.
 *
 * @since 0.1.0
 */
public sealed interface RollbackProblem extends PlanProblem {

	/**
	 * A migration says that there is no way back.
	 *
	 * @param version the version
	 * @param description the description
	 * @param reason the reason that it gives
	 */
	record IrreversibleMigration(MigrationVersion version, String description,
			String reason) implements RollbackProblem {

		@Override
		public String message() {
			return "Version \"" + this.version + "\" (" + this.description + ") is irreversible: " + this.reason
					+ ". Write a new migration that goes forward instead.";
		}

	}

	/**
	 * A rehearsal has shown that a DOWN does not bring back what was there.
	 *
	 * @param version the version
	 * @param description the description
	 * @param obstacle its defect, to be read after "its DOWN"
	 */
	record KnownNotToRestore(MigrationVersion version, String description, String obstacle) implements RollbackProblem {

		@Override
		public String message() {
			return shown() + "Correct the DOWN and rehearse it again, or roll back nevertheless with \"force\": true "
					+ "(veza.migrations.rollback.force=true for the command).";
		}

		/**
		 * Return the warning for a rollback that is forced.
		 * @return two sentences
		 */
		public String forced() {
			return shown() + "It runs nevertheless, because \"force\" is set.";
		}

		private String shown() {
			return "The rehearsal of version \"" + this.version + "\" (" + this.description
					+ ") has shown that its DOWN " + this.obstacle + (this.obstacle.contains("\n") ? "\n" : " ");
		}

	}

	/**
	 * An applied migration has neither a stored DOWN nor a file here.
	 *
	 * @param version the version
	 * @param description the description in the history
	 */
	record NoDown(MigrationVersion version, String description) implements RollbackProblem {

		@Override
		public String message() {
			return "Version \"" + this.version + "\" (" + this.description
					+ ") has no stored DOWN and no file here. Run the rollback from an application that has the file.";
		}

	}

	/**
	 * A rollback would pass the baseline.
	 *
	 * @param version the baseline version that it would roll back
	 */
	record BaselineReached(MigrationVersion version) implements RollbackProblem {

		@Override
		public String message() {
			return "Version \"" + this.version
					+ "\" is part of the baseline: nothing was run for it, so that nothing can be taken back. "
					+ "Roll back to a version after the baseline, or to the baseline itself.";
		}

	}

	/**
	 * More migrations are to be rolled back than are applied.
	 *
	 * @param count the number that was asked for
	 * @param applied the number of applied migrations
	 */
	record TooManyMigrations(int count, int applied) implements RollbackProblem {

		@Override
		public String message() {
			String asked = "The rollback of " + this.count + " migration(s) was asked for, but ";
			return (this.applied == 0) ? asked + "none is applied. Migrate first."
					: asked + "the number of applied ones is " + this.applied + ". Ask for at most as many.";
		}

	}

}
