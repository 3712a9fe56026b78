package io.veza.migrations.engine;

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

import io.veza.migrations.Cancellation;
import io.veza.migrations.HistoryException;
import io.veza.migrations.LockRetry;
import io.veza.migrations.MigrationException;
import io.veza.migrations.MigrationFailedException;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationStatus;
import io.veza.migrations.MigrationStatus.State;
import io.veza.migrations.MigratorClosedException;
import io.veza.migrations.OperationRunningException;
import io.veza.migrations.PlanStep;
import io.veza.migrations.RequestOrigin;
import io.veza.migrations.RunningOperation;
import io.veza.migrations.catalog.SessionPicture;
import io.veza.migrations.execute.SentStatement;
import io.veza.migrations.execute.StepListener;
import org.jspecify.annotations.Nullable;

/**
 * Knows from memory what this process is doing, so that a status needs no connection
 * while a run has the only one. Lets one operation of this process run at a time.
 */
final class RunMonitor implements StepListener {

	private final Clock clock;

	private final Cancellation cancellation;

	private final AtomicReference<@Nullable Now> now = new AtomicReference<>();

	/**
	 * A run waits for those who are looking, so that they never wait for its connection.
	 */
	private final ReadWriteLock looking = new ReentrantReadWriteLock();

	private final AtomicLong attempts = new AtomicLong();

	private final AtomicLong flights = new AtomicLong();

	private volatile @Nullable MigrationException lastFailure;

	RunMonitor(Clock clock, Cancellation cancellation) {
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
	MigrationReport run(MigrationOperation operation, RequestOrigin origin, Function<UUID, MigrationReport> work) {
		RunningOperation started = RunningOperation.begun(UUID.randomUUID(), operation, origin.requestedBy(),
				this.clock.instant());
		Now other = this.now.compareAndExchange(null, new Now(started, null, null));
		if (other != null) {
			throw new OperationRunningException(other.operation());
		}
		this.looking.writeLock().lock();
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
			this.now.set(null);
			this.looking.writeLock().unlock();
		}
	}

	/**
	 * Wait until the operation that is running has ended. One that begins meanwhile does
	 * not count, and neither does one of this thread.
	 * @param patience how long to wait at most
	 * @return whether it has ended
	 */
	boolean awaitEnd(Duration patience) {
		try {
			boolean ended = this.looking.readLock().tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
			if (ended) {
				this.looking.readLock().unlock();
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
	 * @param look asks the database
	 * @return the status
	 */
	MigrationStatus status(Supplier<MigrationStatus> look) {
		while (true) {
			Now running = this.now.get();
			if (running != null) {
				return running.status();
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
		return Optional.ofNullable(this.now.get()).map(Now::operation);
	}

	Optional<MigrationException> lastFailure() {
		return Optional.ofNullable(this.lastFailure);
	}

	/**
	 * Note that the run waits for another one.
	 * @param holder who holds the lock
	 * @param known what the run knows so far, asked once
	 */
	void waitingFor(String holder, Supplier<RunPicture> known) {
		Now before = this.now.get();
		RunPicture picture = (before != null && before.picture() != null) ? before.picture() : known.get();
		update((running) -> new Now(running.operation().waitingFor(holder), picture, null));
	}

	void waitingNoMore() {
		update((running) -> running.with(running.operation().waitingFor(null), null));
	}

	void working(RunPicture picture) {
		update((running) -> new Now(running.operation(), picture, null));
	}

	@Override
	public void onCommitted(List<PlanStep> steps) {
		update((running) -> new Now(running.operation(),
				(running.picture() != null) ? running.picture().after(steps, this.clock) : null, null));
	}

	/**
	 * Return what was sent last.
	 * @return it, {@code null} if the server is not working for this run
	 */
	@Nullable Sent sent() {
		Now running = this.now.get();
		return (running != null) ? running.sent() : null;
	}

	/**
	 * Note what the server shows of the session that works, unless that has gone on
	 * since.
	 * @param sent what had been sent when it was looked at
	 * @param picture what the server shows
	 */
	void seen(Sent sent, SessionPicture picture) {
		update((running) -> (running.sent() != null && running.sent().number() == sent.number())
				? running.with(sent.seen(running.operation(), picture, this.clock), sent) : running);
	}

	@Override
	public void onStep(PlanStep step) {
		this.attempts.incrementAndGet();
		update((running) -> running.with(running.operation().before(step.version(), step.section().statementCount()),
				null));
	}

	@Override
	public void onSent(List<SentStatement> statements) {
		Sent sent = new Sent(this.attempts.get(), this.flights.incrementAndGet(), this.clock.instant(), statements);
		update((running) -> running.with(sent.begun(running.operation()), sent));
	}

	@Override
	public void onLockRetry(PlanStep step, LockRetry retry) {
		update((running) -> running.with(running.operation().waitingFor(retry.blockers()), null));
	}

	private void update(UnaryOperator<Now> change) {
		this.now.updateAndGet((running) -> (running != null) ? change.apply(running) : null);
	}

	/**
	 * What is under way, and what is known of the database.
	 *
	 * @param operation the operation
	 * @param picture what the run knows, {@code null} before it has looked
	 * @param sent what the server is working on, {@code null} if it is on nothing
	 */
	private record Now(RunningOperation operation, @Nullable RunPicture picture, @Nullable Sent sent) {

		Now with(RunningOperation operation, @Nullable Sent sent) {
			return new Now(operation, this.picture, sent);
		}

		MigrationStatus status() {
			State state = (this.operation.waitingFor() != null) ? State.WAITING : State.RUNNING;
			return (this.picture != null) ? this.picture.status(state, this.operation)
					: new MigrationStatus(null, state, this.operation, List.of(), List.of(), List.of());
		}

	}

}
