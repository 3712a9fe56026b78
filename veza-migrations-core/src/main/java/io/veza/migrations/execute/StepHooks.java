package io.veza.migrations.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.veza.migrations.PlanStep;
import org.jspecify.annotations.Nullable;

/**
 * The hooks into the transactions of migrations, besides their SQL and their history:
 * what they did is recorded, what a rollback destroys is kept, and what it has left is
 * proved.
 */
public interface StepHooks {

	/**
	 * Return what records what a migration, which was just applied, has done.
	 * @param step the migration
	 * @return the SQL, none if it is not recorded by itself
	 */
	List<String> record(PlanStep step);

	/**
	 * Return whether something is done besides for each migration of a transaction.
	 * @return whether it is, and not only once for all of them
	 */
	boolean each();

	/**
	 * Called when the transaction of a rollback begins, for the first time or again.
	 */
	void begun();

	/**
	 * Called when the transaction of a rollback is committed.
	 */
	void committed();

	/**
	 * Return whether what DOWNs destroy is kept before they run.
	 * @return whether {@link #keep} is to be called
	 */
	boolean keeps();

	/**
	 * Keep what DOWNs destroy. Called at each attempt, in the transaction of the
	 * rollback, before the first of them.
	 * @param connection the connection
	 * @param steps the migrations that share the transaction, in the order in which they
	 * are taken back
	 * @param trial runs the DOWNs to see what they destroy
	 * @throws SQLException if the server refuses something
	 * @throws StepFailedException if a DOWN fails
	 * @throws io.veza.migrations.failure.BackupFailedException if something cannot be
	 * kept
	 */
	void keep(Connection connection, List<PlanStep> steps, Trial trial) throws SQLException, StepFailedException;

	/**
	 * Return whether something is to be proved after a migration was taken back.
	 * @param step the migration
	 * @param last whether it is the last one of its transaction
	 * @return whether {@link #prove} is to be called
	 */
	boolean proves(PlanStep step, boolean last);

	/**
	 * Prove what a migration that was taken back has left. Called in the transaction of
	 * the rollback, when the history row is gone.
	 * @param connection the connection
	 * @param step the migration
	 * @param last whether it is the last one of its transaction
	 * @return what the audit log is to say
	 * @throws SQLException if the server refuses something
	 */
	Proof prove(Connection connection, PlanStep step, boolean last) throws SQLException;

	/**
	 * The proof of a rollback, as the audit log says it.
	 *
	 * @param backup what was kept, {@code null} if there was nothing to keep
	 * @param verification whether the schema is as it was before, {@code null} if that is
	 * told with another migration
	 */
	record Proof(@Nullable String backup, @Nullable String verification) {

		/** Nothing is known. */
		public static final Proof NONE = new Proof(null, null);

	}

	/**
	 * Runs DOWNs in a savepoint.
	 */
	interface Trial {

		/**
		 * Run them.
		 * @throws StepFailedException if one of them fails
		 */
		void run() throws StepFailedException;

		/**
		 * Take back what {@link #run} did, and the locks that it took.
		 * @throws SQLException if that fails
		 */
		void takeBack() throws SQLException;

	}

}
