package io.veza.migrations.execute.step;

import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.StepHooks;
import io.veza.migrations.execute.pipeline.RunConnection;

/**
 * Prover of what migrations that were taken back have left.
 *
 * @param connection the connection of the run
 * @param hooks looks at the database
 */
public record RollbackProver(RunConnection connection, StepHooks hooks) {

	/**
	 * Prove what a migration has left, unless the application closes.
	 * @param step the migration
	 * @param last whether it is the last one of its transaction
	 * @return what the audit log is to say
	 * @throws SQLException if the server refuses something
	 */
	public StepHooks.Proof prove(PlanStep step, boolean last) throws SQLException {
		AtomicReference<StepHooks.Proof> proof = new AtomicReference<>(StepHooks.Proof.NONE);
		this.connection.interruptibly(() -> proof.set(this.hooks.prove(this.connection.jdbc(), step, last)));
		return Objects.requireNonNull(proof.get());
	}

}
