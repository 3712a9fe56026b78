package io.veza.migrations.engine.watch;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.veza.migrations.CancellationToken;
import io.veza.migrations.LockRetry;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.PlanStep;
import io.veza.migrations.catalog.SessionActivity;
import io.veza.migrations.execute.SentMigrationStatement;
import io.veza.migrations.execute.StepListener;
import io.veza.migrations.failure.HistoryException;
import io.veza.migrations.failure.MigrationException;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.failure.MigratorClosedException;
import io.veza.migrations.failure.OperationRunningException;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.status.MigrationStatus;
import io.veza.migrations.status.MigrationStatus.State;
import io.veza.migrations.status.RunningOperation;
import org.jspecify.annotations.Nullable;

/**
 * Knows from memory what this process is doing, so that a status needs no connection
 * while a run has the only one. Lets one operation of this process run at a time.
 */
public final class RunMonitor implements StepListener {

	private final Clock clock;

	private final CancellationToken cancellation;

	private final AtomicReference<@Nullable RunState> state = new AtomicReference<>();

	/**
	 * A run waits until those have ended who read the status, so that they never wait for
	 * its connection.
	 */
	private final ReadWriteLock reading = new ReentrantReadWriteLock();

	private final AtomicLong attempts = new AtomicLong();

	private final AtomicLong sendings = new AtomicLong();

	private volatile @Nullable MigrationException lastFailure;

	public RunMonitor(Clock clock, CancellationToken cancellation) {
		this.clock = clock;
		this.cancellation = cancellation;
	}

	/**
	 * Run an operation, unless one is running.
	 * @param operation what is asked
	 * @param origin who asks
	 * @param work does it, given the id of the run
	 * @return the report
	 * @throws OperationRunningException if one is running
	 * @throws MigratorClosedException if the application is closing
	 */
	public MigrationReport run(MigrationOperation operation, RequestOrigin origin,
			Function<UUID, MigrationReport> work) {
		RunningOperation started = RunningOperation.begun(UUID.randomUUID(), operation, origin.requestedBy(),
				this.clock.instant());
		RunState other = this.state.compareAndExchange(null, new RunState(started, null, null));
		if (other != null) {
			throw new OperationRunningException(other.operation());
		}
		this.reading.writeLock().lock();
		try {
			if (this.cancellation.isRequested()) {
				throw new MigratorClosedException(operation);
			}
			MigrationReport report = work.apply(started.operationId());
			this.lastFailure = null;
			return report;
		}
		catch (MigrationFailedException | HistoryException ex) {
			this.lastFailure = ex;
			throw ex;
		}
		finally {
			this.state.set(null);
			this.reading.writeLock().unlock();
		}
	}

	/**
	 * Wait until the operation that is running has ended. One that begins meanwhile does
	 * not count, and neither does one of this thread.
	 * @param patience how long to wait at most
	 * @return whether it has ended
	 */
	public boolean awaitEnd(Duration patience) {
		try {
			boolean ended = this.reading.readLock().tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
			if (ended) {
				this.reading.readLock().unlock();
			}
			return ended;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Return the status: from memory while an operation runs, else from the database.
	 * @param reader asks the database
	 * @return the status
	 */
	public MigrationStatus status(Supplier<MigrationStatus> reader) {
		while (true) {
			RunState running = this.state.get();
			if (running != null) {
				return running.status();
			}
			if (this.reading.readLock().tryLock()) {
				try {
					return reader.get();
				}
				finally {
					this.reading.readLock().unlock();
				}
			}
			Thread.onSpinWait();
		}
	}

	public Optional<RunningOperation> running() {
		return Optional.ofNullable(this.state.get()).map(RunState::operation);
	}

	public Optional<MigrationException> lastFailure() {
		return Optional.ofNullable(this.lastFailure);
	}

	/**
	 * Note that the run waits for another one.
	 * @param holder who holds the lock
	 * @param known what the run knows so far, asked once
	 */
	public void waitingFor(String holder, Supplier<RunSnapshot> known) {
		RunState before = this.state.get();
		RunSnapshot snapshot = (before != null && before.snapshot() != null) ? before.snapshot() : known.get();
		update((running) -> new RunState(running.operation().waitingFor(holder), snapshot, null));
	}

	public void waitingNoMore() {
		update((running) -> running.with(running.operation().waitingFor(null), null));
	}

	public void working(RunSnapshot snapshot) {
		update((running) -> new RunState(running.operation(), snapshot, null));
	}

	@Override
	public void onCommitted(List<PlanStep> steps) {
		update((running) -> new RunState(running.operation(),
				(running.snapshot() != null) ? running.snapshot().after(steps, this.clock) : null, null));
	}

	/**
	 * Return what was sent last.
	 * @return it, {@code null} if the server is not working for this run
	 */
	@Nullable StatementInFlight sent() {
		RunState running = this.state.get();
		return (running != null) ? running.sent() : null;
	}

	/**
	 * Note what the server shows of the session that works, unless that has gone on
	 * since.
	 * @param sent what had been sent when it was looked at
	 * @param activity what the server shows
	 */
	void seen(StatementInFlight sent, SessionActivity activity) {
		update((running) -> (running.sent() != null && running.sent().number() == sent.number())
				? running.with(sent.seen(running.operation(), activity, this.clock), sent) : running);
	}

	@Override
	public void onStep(PlanStep step) {
		this.attempts.incrementAndGet();
		update((running) -> running.with(running.operation().before(step.version(), step.section().statementCount()),
				null));
	}

	@Override
	public void onSent(List<SentMigrationStatement> statements) {
		StatementInFlight sent = new StatementInFlight(this.attempts.get(), this.sendings.incrementAndGet(),
				this.clock.instant(), statements);
		update((running) -> running.with(sent.begun(running.operation()), sent));
	}

	@Override
	public void onLockRetry(PlanStep step, LockRetry retry) {
		update((running) -> running.with(running.operation().waitingFor(retry.blockers()), null));
	}

	private void update(UnaryOperator<RunState> change) {
		this.state.updateAndGet((running) -> (running != null) ? change.apply(running) : null);
	}

	/**
	 * The state of the run that is under way.
	 *
	 * @param operation the operation
	 * @param snapshot what the run knows, {@code null} before it has read anything
	 * @param sent what the server is working on, {@code null} if it is on nothing
	 */
	private record RunState(RunningOperation operation, @Nullable RunSnapshot snapshot,
			@Nullable StatementInFlight sent) {

		RunState with(RunningOperation operation, @Nullable StatementInFlight sent) {
			return new RunState(operation, this.snapshot, sent);
		}

		MigrationStatus status() {
			State state = (this.operation.waitingFor() != null) ? State.WAITING : State.RUNNING;
			return (this.snapshot != null) ? this.snapshot.status(state, this.operation)
					: new MigrationStatus(null, state, this.operation, List.of(), List.of(), List.of());
		}

	}

}
