package io.veza.migrations.execute;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.veza.migrations.MigrationException;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;

/**
 * Applies migrations one after the other, each together with its history in a transaction
 * of its own, without waiting for the answer to one before the next is sent: the number
 * of round trips hardly grows with the number of migrations.
 * <p>
 * The server takes nothing that follows a failure, so that what is committed is always a
 * beginning of what was sent, and the driver says where it ends. A migration that does
 * not get a lock in time, or that cannot be applied in a session that has prepared
 * statements, is applied again by itself.
 * <p>
 * PostgreSQL commits all but the last without waiting for the disk. It writes its log in
 * order, so that a server that crashes forgets only the last of them, each with its
 * history row, and the last commit has all of them on the disk before it is reported.
 */
final class PipelinedExecution {

	private static final int FIRST_NUMBER = 8;

	/** What fits into a flight, if the migrations are small. */
	private static final int MAX_NUMBER = 30;

	/** Below what is watched with a second connection, and felt by who waits for news. */
	private static final Duration QUICK = Duration.ofMillis(200);

	private static final Duration SLOW = Duration.ofSeconds(1);

	private final Workbench bench;

	private final TransactionalExecution alone;

	/** What is not committed, as far as is known. */
	private final Deque<PlanStep> open = new ArrayDeque<>();

	/** What is committed and not told: nobody may use the session in between. */
	private final List<PlanStep> committed = new ArrayList<>();

	/** How many migrations travel together. */
	private int number = FIRST_NUMBER;

	private int travelling;

	private Instant sent = Instant.MIN;

	/** Whether something was committed without waiting for the disk. */
	private boolean unwaited;

	PipelinedExecution(Workbench bench, TransactionalExecution alone) {
		this.bench = bench;
		this.alone = alone;
	}

	/**
	 * Apply migrations.
	 * @param steps the migrations
	 * @param last the last migration of the run, whose commit waits for the disk
	 * @throws StepFailedException if one of them fails; those before it are applied
	 */
	void execute(List<PlanStep> steps, PlanStep last) throws StepFailedException {
		this.open.clear();
		this.open.addAll(steps);
		if (!this.bench.preparation().statements().isEmpty()) {
			applyNextAlone();
		}
		MigrationVersion stuck = null;
		while (!this.open.isEmpty()) {
			MigrationVersion next = this.open.element().version();
			try {
				if (next.equals(stuck)) {
					applyNextAlone();
				}
				else {
					stuck = next;
					sendAll(last);
				}
			}
			catch (SessionChangedException ex) {
				// the next attempt puts it back
			}
			catch (StepFailedException ex) {
				if (!isWithoutLock(ex)) {
					throw ex;
				}
				applyNextAlone();
			}
		}
		if (this.unwaited && steps.contains(last)) {
			this.bench.awaitDurability();
			this.unwaited = false;
		}
	}

	/**
	 * Wait until what was committed is on the disk, before a failure is reported. What
	 * cannot be done is added to the failure: the connection may be gone.
	 * @param failure the failure
	 */
	void awaitDurability(Exception failure) {
		if (!this.unwaited) {
			return;
		}
		try {
			this.bench.awaitDurability();
		}
		catch (MigrationException ex) {
			failure.addSuppressed(ex);
			this.bench.abort(failure);
		}
	}

	private static boolean isWithoutLock(StepFailedException failure) {
		return failure.getCause() instanceof SQLException cause && LockRetries.noLock(cause);
	}

	/** Its commit may not have waited either, if it says so itself. */
	private void applyNextAlone() throws StepFailedException {
		PlanStep step = this.open.element();
		this.alone.execute(MigrationOperation.MIGRATE, List.of(step));
		this.open.remove();
		this.bench.listener().onCommitted(List.of(step));
	}

	private void sendAll(PlanStep last) throws StepFailedException {
		Framing framing = this.bench.inShort(last::equals);
		Flight flight = this.bench.flight(this::sent, (done) -> answered(done, last));
		SectionSender sender = new SectionSender(this.bench, flight, framing);
		this.travelling = 0;
		try {
			framing.prepare(flight);
			for (PlanStep step : List.copyOf(this.open)) {
				add(step, flight, sender, framing);
			}
			flight.send();
			tell();
		}
		catch (FlightFailedException ex) {
			throw failed(ex, sender);
		}
		catch (StepFailedException ex) {
			sendComplete(flight, sender, ex);
			throw isUnsent(ex) ? StepFailedException.notBegun(this.open.element()) : this.bench.retries().describe(ex);
		}
		catch (UncheckedIOException ex) {
			sendComplete(flight, sender, ex);
			throw SectionSender.unreadable(ex, sender.current(this.open.element()));
		}
		catch (RuntimeException ex) {
			this.bench.abort(ex);
			throw ex;
		}
	}

	private void add(PlanStep step, Flight flight, SectionSender sender, Framing framing)
			throws FlightFailedException, StepFailedException {
		this.bench.requireGoingOn(this.open.element());
		flight.addBeginning(Workbench.BEGIN, step);
		sender.send(step, true, Duration.ZERO);
		framing.recordApplied(flight, step, Duration.ZERO);
		sender.complete(Workbench.COMMIT);
		this.travelling++;
		if (this.travelling >= this.number || !this.committed.isEmpty()) {
			flight.send();
			tell();
		}
		boolean another = !this.open.isEmpty() && !step.equals(this.open.getLast());
		if (sender.hasChangedSession() && another) {
			framing.prepare(flight);
		}
	}

	private StepFailedException failed(FlightFailedException failure, SectionSender sender) {
		this.bench.abort(failure.failure());
		PlanStep next = this.open.element();
		tell();
		if (!Workbench.answered(failure.failure())) {
			return sender.lost(failure.failure(), next, this.travelling > 1);
		}
		return this.bench.retries().describe(sender.describe(failure, next));
	}

	/** What came before a migration that cannot be sent is done all the same. */
	private void sendComplete(Flight flight, SectionSender sender, Exception failure) throws StepFailedException {
		flight.dropIncomplete();
		try {
			if (!this.bench.limits().cancellation().isRequested()) {
				flight.send();
			}
			this.bench.abort(failure);
			tell();
		}
		catch (FlightFailedException ex) {
			throw failed(ex, sender);
		}
	}

	/** What was to come before a migration that was not sent is not done either. */
	private boolean isUnsent(StepFailedException failure) {
		return failure.getCause() == null && this.bench.limits().cancellation().isRequested()
				&& !this.open.element().version().equals(failure.step().version());
	}

	private void sent(List<SentStatement> statements) {
		this.sent = this.bench.limits().clock().instant();
		this.bench.listener().onSent(statements);
	}

	private void answered(List<Flight.Entry> done, PlanStep last) {
		for (Flight.Entry entry : done) {
			if (entry.kind() == Flight.Kind.COMPLETION) {
				PlanStep step = this.open.remove();
				this.unwaited = !step.equals(last);
				this.committed.add(step);
				this.travelling--;
			}
		}
		adapt(Duration.between(this.sent, this.bench.limits().clock().instant()));
	}

	/** Between transactions: who is told may ask the database. */
	private void tell() {
		if (!this.committed.isEmpty()) {
			List<PlanStep> steps = List.copyOf(this.committed);
			this.committed.clear();
			this.bench.listener().onCommitted(steps);
		}
	}

	/** Those that take their time travel alone, so that each is told when it is done. */
	private void adapt(Duration took) {
		if (took.compareTo(QUICK) < 0) {
			this.number = Math.min(this.number * 2, MAX_NUMBER);
		}
		else if (took.compareTo(SLOW) > 0) {
			this.number = Math.max(this.number / 2, 1);
		}
	}

}
