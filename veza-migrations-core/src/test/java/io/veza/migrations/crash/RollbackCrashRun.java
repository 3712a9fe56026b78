package io.veza.migrations.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

import io.veza.migrations.testsupport.TestDatabase;

/**
 * Kills rollbacks with a backup as often as asked.
 */
final class RollbackCrashRun {

	/** Where kills aim at, in the order of a short run. */
	private static final List<Phase> AIMS = List.of(Phase.TRIAL, Phase.KEEP, Phase.DOWN, Phase.VERIFY, Phase.COMMIT,
			Phase.CONCURRENTLY, Phase.KEEP, Phase.COMMIT, Phase.UNLOCK, Phase.TRIAL, Phase.KEEP, Phase.COMMIT,
			Phase.RECORD);

	private static final int MOST_TRIES = 5;

	private RollbackCrashRun() {
	}

	/**
	 * Run.
	 * @param options how often to kill
	 * @param folder an empty folder to work in
	 * @return what happened
	 * @throws IOException if a process cannot be started or read
	 */
	static CrashReport run(CrashOptions options, Path folder) throws IOException {
		CrashReport report = new CrashReport(options.seed());
		Random random = new Random(options.seed());
		try (CrashServer server = CrashServer.start(options.server(), folder.resolve("data"))) {
			Laboratory laboratory = Laboratory.withLosses(server, folder);
			TestDatabase template = template(laboratory);
			Profile profile = profile(laboratory, template);
			Deque<Phase> aims = new ArrayDeque<>(AIMS);
			int tries = options.rollbacks() * MOST_TRIES;
			while (report.strikes(Strike.KILL) < options.rollbacks() && tries-- > 0) {
				List<Target> targets = new ArrayList<>(List.of(profile.aim(aims.peek(), random)));
				if (random.nextInt(5) == 0) {
					targets.add(profile.aim(aims.peek(), random).first());
				}
				aims.add(aims.remove());
				play(laboratory, template, targets, report);
			}
		}
		return report;
	}

	private static void play(Laboratory laboratory, TestDatabase template, List<Target> targets, CrashReport report)
			throws IOException {
		Scenario.Outcome outcome = KilledRollback.play(laboratory, template.name(), targets);
		report.add(outcome);
		if (!outcome.equal()) {
			System.out.println("FAILED: " + String.join("\n  ", outcome.log()));
		}
	}

	private static TestDatabase template(Laboratory laboratory) throws IOException {
		TestDatabase database = laboratory.database("template0");
		laboratory.runInPeace(database, Operation.MIGRATE);
		LossyMigrations.write(database);
		return database;
	}

	private static Profile profile(Laboratory laboratory, TestDatabase template) throws IOException {
		TestDatabase database = laboratory.database(template.name());
		Child child = laboratory.runInPeace(database, Operation.rollbackWithBackup(LossyMigrations.STAYS));
		return Profile.of(child.lines());
	}

}
