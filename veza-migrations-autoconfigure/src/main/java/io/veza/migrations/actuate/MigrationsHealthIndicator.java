package io.veza.migrations.actuate;

import java.util.Optional;

import io.veza.migrations.actuate.descriptor.RunningDescriptor;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.status.MigrationStatus;
import io.veza.migrations.status.RunningOperation;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * A health indicator for the state of the database. While an operation runs it answers
 * from memory; otherwise it costs the query of one status.
 *
 * @since 0.1.0
 */
public final class MigrationsHealthIndicator extends AbstractHealthIndicator {

	private final Migrator migrator;

	private final LastKnownStatus status;

	private final boolean heldAccepted;

	/**
	 * Create a new instance.
	 * @param migrator tells what is running
	 * @param status reads where the database stands
	 * @param heldAccepted whether an application is healthy whose newest migrations were
	 * rolled back
	 */
	public MigrationsHealthIndicator(Migrator migrator, LastKnownStatus status, boolean heldAccepted) {
		super("The health of migrations could not be checked");
		this.migrator = migrator;
		this.status = status;
		this.heldAccepted = heldAccepted;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		Optional<RunningOperation> running = this.migrator.running();
		if (running.isPresent()) {
			describe(builder, running.get());
			return;
		}
		describe(builder, this.status.read(), this.heldAccepted);
	}

	static void describe(Health.Builder builder, RunningOperation running) {
		MigrationStatus.State state = (running.waitingFor() != null) ? MigrationStatus.State.WAITING
				: MigrationStatus.State.RUNNING;
		builder.outOfService().withDetail("state", state.id()).withDetail("running", RunningDescriptor.of(running));
	}

	static void describe(Health.Builder builder, MigrationStatus status, boolean heldAccepted) {
		builder.status(health(status.state(), heldAccepted))
			.withDetail("state", status.state().id())
			.withDetail("applied", status.applied().size())
			.withDetail("pending", status.pending().size());
		if (status.running() != null) {
			builder.withDetail("running", RunningDescriptor.of(status.running()));
		}
		if (!status.problems().isEmpty()) {
			builder.withDetail("problems", status.problems());
		}
	}

	private static Status health(MigrationStatus.State state, boolean heldAccepted) {
		return switch (state) {
			case UP_TO_DATE -> Status.UP;
			case HELD -> heldAccepted ? Status.UP : Status.OUT_OF_SERVICE;
			case PENDING, RUNNING, WAITING, INVALID -> Status.OUT_OF_SERVICE;
			case FAILED -> Status.DOWN;
		};
	}

}
