package io.veza.migrations.rehearsal;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.Reversibility;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.findings.judge.MigrationJudge;
import io.veza.migrations.rehearsal.scratch.ScratchServer;
import io.veza.migrations.rehearsal.section.ScratchSessions;
import io.veza.migrations.sql.SqlErrorText;

/**
 * Runs each migration UP, DOWN and UP again on a scratch database. A migration that
 * leaves the database in another state than a single UP would is followed by a new
 * scratch database, so that the next one finds what it would find in production.
 */
final class RehearsalRunner {

	private final ScratchDatabaseSetup setup;

	private final RehearsalOptions options;

	private final RehearsalInput input;

	private final MigrationJudge judge;

	private final Clock clock;

	private final List<RehearsedMigration> rehearsed = new ArrayList<>();

	RehearsalRunner(ScratchServer server, RehearsalOptions options, RehearsalInput input, MigrationJudge judge,
			Clock clock) {
		this.setup = new ScratchDatabaseSetup(server, options, input, clock);
		this.options = options;
		this.input = input;
		this.judge = judge;
		this.clock = clock;
	}

	/**
	 * Rehearse.
	 * @return what was seen
	 */
	RehearsalReport run() {
		Instant begin = this.clock.instant();
		try {
			Origin origin = rehearse(this.setup.create());
			while (!isDone()) {
				rehearse(this.setup.createAgain(this.rehearsed.stream().map(RehearsedMigration::migration).toList()));
			}
			return new RehearsalReport(origin.server(), origin.database(), begin,
					Duration.between(begin, this.clock.instant()), versions(this.input.prepared()), this.rehearsed,
					versions(notRun()));
		}
		catch (SQLException ex) {
			throw new DatabaseUnreachableException("The rehearsal was given up: " + SqlErrorText.of(ex) + ".",
					"Rehearse again: what it has left behind is removed then.", ex);
		}
	}

	/** As many migrations as leave the database as they should. */
	private Origin rehearse(ScratchSessions scratch) throws SQLException {
		try (scratch) {
			Origin origin = new Origin(scratch.observer().serverVersion(), scratch.name());
			MigrationRehearser rehearser = rehearser(scratch);
			while (!isDone() && rehearser.isSettled()) {
				Migration next = notRun().get(0);
				this.rehearsed.add(rehearser.rehearse(next));
				if (rehearser.isSettled() && this.setup.loadAfter(scratch, next.version())) {
					rehearser = rehearser(scratch);
				}
			}
			return origin;
		}
	}

	private MigrationRehearser rehearser(ScratchSessions scratch) throws SQLException {
		return new MigrationRehearser(scratch, this.options.referenceTables(), this.judge);
	}

	private boolean isDone() {
		boolean failed = !this.rehearsed.isEmpty()
				&& this.rehearsed.get(this.rehearsed.size() - 1).reversibility() == Reversibility.UP_FAILED;
		return failed || notRun().isEmpty();
	}

	private List<Migration> notRun() {
		return this.input.subjects().subList(this.rehearsed.size(), this.input.subjects().size());
	}

	private static List<MigrationVersion> versions(List<Migration> migrations) {
		return migrations.stream().map(Migration::version).toList();
	}

	/**
	 * The place of a rehearsal.
	 *
	 * @param server the version of the server
	 * @param database the first scratch database
	 */
	private record Origin(String server, String database) {
	}

}
