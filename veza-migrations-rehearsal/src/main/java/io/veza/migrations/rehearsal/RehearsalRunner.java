package io.veza.migrations.rehearsal;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.DatabaseUnreachableException;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.Reversibility;
import io.veza.migrations.rehearsal.findings.Findings;

/**
 * Runs each migration UP, DOWN and UP again on a scratch database. A migration that
 * leaves the database in another state than a single UP would is followed by a new
 * scratch database, so that the next one finds what it would find in production.
 */
final class RehearsalRun {

	private final ScratchSetup setup;

	private final RehearsalOptions options;

	private final Stage stage;

	private final Findings findings;

	private final Clock clock;

	private final List<RehearsedMigration> rehearsed = new ArrayList<>();

	RehearsalRun(ScratchServer server, RehearsalOptions options, Stage stage, Findings findings, Clock clock) {
		this.setup = new ScratchSetup(server, options, stage, clock);
		this.options = options;
		this.stage = stage;
		this.findings = findings;
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
					Duration.between(begin, this.clock.instant()), versions(this.stage.prepared()), this.rehearsed,
					versions(notRun()));
		}
		catch (SQLException ex) {
			throw new DatabaseUnreachableException("The rehearsal was given up: " + Keeper.message(ex) + ".",
					"Rehearse again: what it has left behind is removed then.", ex);
		}
	}

	/** As many migrations as leave the database as they should. */
	private Origin rehearse(Scratch scratch) throws SQLException {
		try (scratch) {
			Origin origin = new Origin(scratch.observer().serverVersion(), scratch.name());
			Rehearsing rehearsing = rehearsing(scratch);
			while (!isDone() && rehearsing.isSettled()) {
				Migration next = notRun().get(0);
				this.rehearsed.add(rehearsing.rehearse(next));
				if (rehearsing.isSettled() && this.setup.loadAfter(scratch, next.version())) {
					rehearsing = rehearsing(scratch);
				}
			}
			return origin;
		}
	}

	private Rehearsing rehearsing(Scratch scratch) throws SQLException {
		return new Rehearsing(scratch, this.options.referenceTables(), this.findings);
	}

	private boolean isDone() {
		boolean failed = !this.rehearsed.isEmpty()
				&& this.rehearsed.get(this.rehearsed.size() - 1).reversibility() == Reversibility.UP_FAILED;
		return failed || notRun().isEmpty();
	}

	private List<Migration> notRun() {
		return this.stage.subjects().subList(this.rehearsed.size(), this.stage.subjects().size());
	}

	private static List<MigrationVersion> versions(List<Migration> migrations) {
		return migrations.stream().map(Migration::version).toList();
	}

	/**
	 * Where a rehearsal was held.
	 *
	 * @param server the version of the server
	 * @param database the first scratch database
	 */
	private record Origin(String server, String database) {
	}

}
