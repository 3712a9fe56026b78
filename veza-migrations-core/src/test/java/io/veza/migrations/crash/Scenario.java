package io.veza.migrations.crash;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.veza.migrations.testsupport.TestDatabase;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One database that is migrated or rolled back, with strikes on the way, until an
 * undisturbed start ends; then it is compared. A rollback that was struck is asked for
 * again, and then all is migrated again.
 */
final class Scenario {

	private static final String BACKENDS = """
			SELECT coalesce(state, '') || ' ' || coalesce(wait_event, '') || ' ' || left(query, 60)
			FROM pg_stat_activity
			WHERE datname = current_database() AND application_name = '%s'""".formatted(MigratingProcess.APPLICATION);

	private static final String TERMINATE = """
			SELECT pg_terminate_backend(pid)::text
			FROM pg_stat_activity
			WHERE datname = current_database() AND application_name = '%s'""".formatted(MigratingProcess.APPLICATION);

	private static final int LAST_LINES = 3;

	/** Long enough for the next start to find a backend that waits for it. */
	private static final Duration HOLD = Duration.ofSeconds(10);

	private final Laboratory laboratory;

	private final Undisturbed undisturbed;

	private final Strike strike;

	private final TestDatabase database;

	private final List<Hit> hits = new ArrayList<>();

	private final List<String> log = new ArrayList<>();

	private OldTransaction old;

	private boolean waited;

	private Scenario(Laboratory laboratory, Undisturbed undisturbed, Strike strike) throws SQLException {
		this.laboratory = laboratory;
		this.undisturbed = undisturbed;
		this.strike = strike;
		this.database = laboratory.database(undisturbed.template());
		this.old = OldTransaction.prepare(this.database);
		if (strike == Strike.SHUTDOWN) {
			// else the sequences of a copied database may give numbers twice after a
			// crash: nextval() relies on a WAL record that only the template has
			this.database.execute("CHECKPOINT");
		}
	}

	/**
	 * Play a scenario.
	 * @param laboratory where
	 * @param undisturbed what to run and to compare with
	 * @param strike what strikes
	 * @param targets when: the second one strikes the start that follows the first
	 * @return what happened
	 * @throws IOException if a process cannot be started or read
	 * @throws SQLException if the server cannot be asked
	 */
	static Outcome play(Laboratory laboratory, Undisturbed undisturbed, Strike strike, List<Target> targets)
			throws IOException, SQLException {
		Scenario scenario = new Scenario(laboratory, undisturbed, strike);
		try {
			return scenario.play(targets);
		}
		finally {
			scenario.database.drop();
		}
	}

	private Outcome play(List<Target> targets) throws IOException, SQLException {
		this.log.add(this.undisturbed.operation() + ", " + this.strike);
		for (Target target : targets) {
			if (!strike(target)) {
				break;
			}
		}
		Operation operation = this.undisturbed.operation();
		boolean equal = recover(operation, this.undisturbed.fingerprint())
				&& (!operation.isRollback() || recover(Operation.MIGRATE, this.undisturbed.migratedAgain()))
				&& isQuiet();
		return new Outcome(this.hits, this.waited, equal, this.log);
	}

	private boolean strike(Target target) throws IOException, SQLException {
		this.log.add("aim: " + target);
		this.old.close();
		this.old = OldTransaction.prepare(this.database);
		try (Connection observer = this.database.connect()) {
			Child child = this.laboratory.start(this.database, this.undisturbed.operation());
			if (!child.awaitPhase(target)) {
				this.log.add("missed: the run ended before");
				return child.finish() != 0;
			}
			if (target.held()) {
				this.old.begin();
			}
			child.awaitMoment(target);
			long nanos = System.nanoTime();
			strike(child, observer);
			record(child, nanos);
			return true;
		}
	}

	private void record(Child child, long nanos) throws IOException {
		int exit = child.finish();
		long until = (this.strike == Strike.KILL) ? Long.MAX_VALUE : nanos;
		List<PhaseLine> lines = child.lines().stream().filter((line) -> line.nanos() <= until).toList();
		Hit hit = Hit.of(this.strike, lines, nanos);
		this.hits.add(hit);
		this.log.add("hit: " + hit + ", exit code " + exit);
		lines.stream().skip(Math.max(0, lines.size() - LAST_LINES)).map(PhaseLine::toString).forEach(this.log::add);
		child.log().stream().filter((line) -> line.matches(".*(Exception|WARN|ERROR).*")).forEach(this.log::add);
	}

	private void strike(Child child, Connection observer) throws IOException, SQLException {
		switch (this.strike) {
			case KILL -> {
				child.kill();
				this.log.add("backend: " + ask(observer, BACKENDS));
			}
			case TERMINATION -> this.log.add("terminated: " + ask(observer, TERMINATE));
			case SHUTDOWN -> {
				this.laboratory.server().shutDown();
				child.finish();
				this.laboratory.server().startAgain();
			}
		}
	}

	private static String ask(Connection observer, String query) throws SQLException {
		List<String> rows = new ArrayList<>();
		try (Statement statement = observer.createStatement(); ResultSet row = statement.executeQuery(query)) {
			while (row.next()) {
				rows.add(row.getString(1).replaceAll("\\s+", " "));
			}
		}
		return rows.stream().collect(Collectors.joining("; "));
	}

	private boolean recover(Operation operation, Fingerprint expected) throws IOException {
		Child child = this.laboratory.start(this.database, operation);
		this.old.closeAfter(HOLD);
		child.awaitLockOrWork();
		this.old.close();
		int exit = child.finish();
		this.log.add("next start: " + operation + ", exit code " + exit + (child.stuck() ? ", stuck" : ""));
		this.waited |= child.log().stream().anyMatch((line) -> line.contains("Waiting for another run"));
		if (exit != 0) {
			this.log.addAll(child.log());
			return false;
		}
		List<String> differences = Fingerprint.of(this.database).differencesFrom(expected);
		this.log.addAll(differences);
		return differences.isEmpty();
	}

	private boolean isQuiet() {
		try {
			Awaitility.await().until(() -> Laboratory.isQuiet(this.database));
			return true;
		}
		catch (ConditionTimeoutException ex) {
			this.log.add("A session or an advisory lock is left: " + this.database.query(BACKENDS));
			return false;
		}
	}

	/**
	 * What happened in a scenario.
	 *
	 * @param hits where the strikes hit
	 * @param waited whether a start had to wait for what an earlier one had left
	 * @param equal whether the next start succeeded and the database equals that of an
	 * undisturbed run
	 * @param log what happened, for people
	 */
	record Outcome(List<Hit> hits, boolean waited, boolean equal, List<String> log) {

		Outcome {
			hits = List.copyOf(hits);
			log = List.copyOf(log);
		}

	}

}
