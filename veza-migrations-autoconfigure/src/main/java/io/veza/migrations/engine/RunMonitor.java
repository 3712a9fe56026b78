package io.veza.migrations.engine;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.veza.migrations.MigrationFailedException;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationStatus;
import io.veza.migrations.OperationRunningException;
import io.veza.migrations.PlanStep;
import io.veza.migrations.RequestOrigin;
import io.veza.migrations.RunningOperation;
import io.veza.migrations.execute.StepListener;
import org.jspecify.annotations.Nullable;

/**
 * Knows from memory what this process is doing, so that a status needs no connection
 * while a run has the only one. Lets one operation of this process run at a time.
 */
final class RunMonitor implements StepListener {

	private final Clock clock;

	private final AtomicReference<@Nullable RunningOperation> running = new AtomicReference<>();

	/**
	 * A run waits for those who are looking, so that they never wait for its connection.
	 */
	private final ReadWriteLock looking = new ReentrantReadWriteLock();

	private volatile @Nullable RunPicture picture;

	private volatile @Nullable MigrationFailedException lastFailure;

	RunMonitor(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Run an operation, unless one is running.
	 * @param operation what is asked
	 * @param origin who asks
	 * @param work does it, given the id of the run
	 * @return the report
	 * @throws OperationRunningException if one is running
	 */
	MigrationReport run(MigrationOperation operation, RequestOrigin origin, Function<UUID, MigrationReport> work) {
		RunningOperation started = new RunningOperation(UUID.randomUUID(), operation, origin.requestedBy(),
				this.clock.instant(), null, null, 0, 0);
		RunningOperation other = this.running.compareAndExchange(null, started);
		if (other != null) {
			throw new OperationRunningException(other);
		}
		this.looking.writeLock().lock();
		try {
			MigrationReport report = work.apply(started.operationId());
			this.lastFailure = null;
			return report;
		}
		catch (MigrationFailedException ex) {
			this.lastFailure = ex;
			throw ex;
		}
		finally {
			this.picture = null;
			this.running.set(null);
			this.looking.writeLock().unlock();
		}
	}

	/**
	 * Return the status: from memory while an operation runs, else from the database.
	 * @param look asks the database
	 * @return the status
	 */
	MigrationStatus status(Supplier<MigrationStatus> look) {
		while (true) {
			RunningOperation operation = this.running.get();
			if (operation != null) {
				return status(operation);
			}
			if (this.looking.readLock().tryLock()) {
				try {
					return look.get();
				}
				finally {
					this.looking.readLock().unlock();
				}
			}
			Thread.onSpinWait();
		}
	}

	Optional<RunningOperation> running() {
		return Optional.ofNullable(this.running.get());
	}

	Optional<MigrationFailedException> lastFailure() {
		return Optional.ofNullable(this.lastFailure);
	}

	/**
	 * Note that the run waits for another one.
	 * @param holder who holds the lock
	 * @param known what the run knows so far, asked once
	 */
	void waitingFor(String holder, Supplier<RunPicture> known) {
		if (this.picture == null) {
			this.picture = known.get();
		}
		update((operation) -> operation.waitingFor(holder));
	}

	void working(RunPicture picture) {
		this.picture = picture;
		update((operation) -> operation.waitingFor(null));
	}

	void done(PlanStep step) {
		RunPicture before = this.picture;
		this.picture = (before != null) ? before.after(step, this.clock) : null;
	}

	@Override
	public void onStep(PlanStep step) {
		update((operation) -> operation.at(step.version(), 0, step.section().statementCount()));
	}

	@Override
	public void onStatement(PlanStep step, int number) {
		update((operation) -> operation.at(step.version(), number, step.section().statementCount()));
	}

	private MigrationStatus status(RunningOperation operation) {
		MigrationStatus.State state = (operation.waitingFor() != null) ? MigrationStatus.State.WAITING
				: MigrationStatus.State.RUNNING;
		RunPicture known = this.picture;
		if (known == null) {
			return new MigrationStatus(null, state, operation, List.of(), List.of(), List.of());
		}
		return known.status(state, operation);
	}

	private void update(UnaryOperator<RunningOperation> change) {
		RunningOperation now = this.running.get();
		if (now != null) {
			this.running.set(change.apply(now));
		}
	}

}
