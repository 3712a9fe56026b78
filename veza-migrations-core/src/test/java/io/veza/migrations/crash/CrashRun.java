package io.veza.migrations.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Strikes as often as asked, and compares every time.
 */
final class CrashRun {

	/** Where twenty strikes aim at; what is most delicate comes most often. */
	private static final List<Phase> AIMS = List.of(Phase.CONCURRENTLY, Phase.CONCURRENTLY, Phase.CONCURRENTLY,
			Phase.CONCURRENTLY, Phase.CONCURRENTLY, Phase.COPY, Phase.COPY, Phase.COPY, Phase.COMMIT, Phase.COMMIT,
			Phase.COMMIT, Phase.COMMIT, Phase.UNLOCK, Phase.UNLOCK, Phase.UNLOCK, Phase.RECORD, Phase.RECORD,
			Phase.RECORD, Phase.STATEMENT, Phase.LOCK);

	private static final List<String> ROLLBACK_TO = List.of("001", "009", "015");

	/**
	 * A run of so many kills rolls back to one of these versions, a longer one to all.
	 */
	private static final int SHORT = 20;

	/** Some runs end before they are struck. */
	private static final int MOST_TRIES = 5;

	/** A long run has more data, so that what takes long takes longer. */
	private static final int LONG_SCALE = 4;

	private final CrashOptions options;

	private final Laboratory laboratory;

	private final Random random;

	private final Undisturbed migrate;

	private final List<Undisturbed> rollbacks = new ArrayList<>();

	private final Deque<Phase> aims = new ArrayDeque<>();

	private final CrashReport report;

	private CrashRun(CrashOptions options, Laboratory laboratory) throws IOException {
		this.options = options;
		this.laboratory = laboratory;
		this.random = new Random(options.seed());
		this.report = new CrashReport(options.seed());
		this.migrate = Undisturbed.run(laboratory, "template0", Operation.MIGRATE);
		List<String> versions = new ArrayList<>(ROLLBACK_TO);
		Collections.shuffle(versions, this.random);
		for (String version : options.isLong() ? versions : versions.subList(0, 1)) {
			this.rollbacks
				.add(Undisturbed.run(laboratory, this.migrate.result(), Operation.rollbackWithoutBackup(version)));
		}
	}

	/**
	 * Run.
	 * @param options how often to strike, and where
	 * @param folder an empty folder to work in
	 * @return what happened
	 * @throws IOException if a process cannot be started or read
	 * @throws SQLException if the server cannot be asked
	 */
	static CrashReport run(CrashOptions options, Path folder) throws IOException, SQLException {
		try (CrashServer server = CrashServer.start(options.server(), folder.resolve("data"))) {
			CrashRun run = new CrashRun(options, Laboratory.open(server, folder, options.isLong() ? LONG_SCALE : 1));
			run.strike(Strike.KILL, options.kills());
			run.strike(Strike.TERMINATION, options.terminations());
			if (server.canShutDown()) {
				run.strike(Strike.SHUTDOWN, options.shutdowns());
			}
			else {
				System.out.println("The server is not shut down: it is not ours, or there is no \"kill\"");
			}
			return run.report;
		}
	}

	private void strike(Strike strike, int times) throws IOException, SQLException {
		int wanted = this.report.strikes(strike) + times;
		for (int i = 0; i < times * MOST_TRIES && this.report.strikes(strike) < wanted; i++) {
			Phase phase = nextAim();
			Undisturbed run = choose(phase);
			List<Target> targets = new ArrayList<>(List.of(run.profile().aim(phase, this.random)));
			if (this.random.nextInt(5) == 0 && this.report.strikes(strike) + 1 < wanted) {
				targets.add(run.profile().aim(phase, this.random).first());
			}
			Scenario.Outcome outcome = Scenario.play(this.laboratory, run, strike, targets);
			this.report.add(outcome);
			if (!outcome.equal()) {
				System.out.println("FAILED: " + String.join("\n  ", outcome.log()));
			}
		}
	}

	private Phase nextAim() {
		if (this.aims.isEmpty()) {
			List<Phase> next = new ArrayList<>(AIMS);
			next.retainAll(this.options.phases());
			Collections.shuffle(next, this.random);
			this.aims.addAll(next);
		}
		return this.aims.remove();
	}

	private Undisturbed choose(Phase phase) {
		Undisturbed rollback = this.rollbacks.get(this.random.nextInt(this.rollbacks.size()));
		return (this.random.nextInt(3) == 0 && rollback.profile().has(phase)) ? rollback : this.migrate;
	}

}
