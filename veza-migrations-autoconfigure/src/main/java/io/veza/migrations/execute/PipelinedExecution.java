package io.veza.migrations.execute;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import io.veza.migrations.history.HistoryWriter;

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

	private static final int MAX_NUMBER = 64;

	/** Below what is watched with a second connection, and felt by who waits for news. */
	private static final Duration QUICK = Duration.ofMillis(200);

	private static final Duration SLOW = Duration.ofSeconds(1);

	private final Workbench bench;

	private final TransactionalExecution alone;

	/** What is not committed, as far as is known. */
	private final Deque<PlanStep> open = new ArrayDeque<>();

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
	}

	/**
	 * Wait until what was committed is on the disk, before a failure is reported.
	 * @param failure the failure
	 */
	void awaitDurability(Exception failure) {
		if (this.unwaited) {
			this.bench.awaitDurability(failure);
		}
	}

	private static boolean isWithoutLock(StepFailedException failure) {
		return failure.getCause() instanceof SQLException cause && LockRetries.noLock(cause);
	}

	private void applyNextAlone() throws StepFailedException {
		PlanStep step = this.open.element();
		this.alone.execute(MigrationOperation.MIGRATE, List.of(step));
		this.unwaited = false;
		this.open.remove();
		this.bench.listener().onCommitted(List.of(step));
	}

	private void sendAll(PlanStep last) throws StepFailedException {
		PlanStep first = this.open.element();
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
		}
		catch (FlightFailedException ex) {
			this.bench.abort(ex.failure());
			throw this.bench.retries().describe(sender.describe(ex, first));
		}
		catch (StepFailedException ex) {
			sendComplete(flight, sender, first, ex);
			throw this.bench.retries().describe(ex);
		}
		catch (UncheckedIOException ex) {
			sendComplete(flight, sender, first, ex);
			throw SectionSender.unreadable(ex, sender.current(first));
		}
		catch (RuntimeException ex) {
			this.bench.abort(ex);
			throw ex;
		}
	}

	private void add(PlanStep step, Flight flight, SectionSender sender, Framing framing)
			throws FlightFailedException, StepFailedException {
		this.bench.requireGoingOn(step);
		flight.add(Workbench.BEGIN);
		sender.send(step, true, Duration.ZERO);
		framing.recordApplied(flight, step, Duration.ZERO);
		sender.complete(Workbench.COMMIT);
		this.travelling++;
		if (this.travelling >= this.number) {
			flight.send();
		}
	}

	/** What came before a migration that cannot be sent is done all the same. */
	private void sendComplete(Flight flight, SectionSender sender, PlanStep first, Exception failure)
			throws StepFailedException {
		flight.dropIncomplete();
		try {
			if (!this.bench.limits().cancellation().isRequested()) {
				flight.send();
			}
			this.bench.abort(failure);
		}
		catch (FlightFailedException ex) {
			this.bench.abort(ex.failure());
			throw sender.describe(ex, first);
		}
	}

	private void sent(List<SentStatement> statements) {
		this.sent = this.bench.limits().clock().instant();
		this.bench.listener().onSent(statements);
	}

	private void answered(List<Flight.Entry> done, PlanStep last) {
		List<PlanStep> committed = new ArrayList<>();
		for (Flight.Entry entry : done) {
			if (entry.kind() == Flight.Kind.COMPLETION) {
				PlanStep step = this.open.remove();
				this.unwaited = !step.equals(last);
				committed.add(step);
			}
		}
		this.travelling -= committed.size();
		adapt(Duration.between(this.sent, this.bench.limits().clock().instant()));
		if (!committed.isEmpty()) {
			this.bench.listener().onCommitted(committed);
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
