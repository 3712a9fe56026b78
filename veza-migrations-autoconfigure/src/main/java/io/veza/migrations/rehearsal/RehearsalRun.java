package io.veza.migrations.rehearsal;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.veza.migrations.DatabaseUnreachableException;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationSection;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RehearsalException;
import io.veza.migrations.Reversibility;
import io.veza.migrations.SqlFailure;
import io.veza.migrations.SqlScript;
import io.veza.migrations.rehearsal.findings.Findings;

/**
 * Runs each migration UP, DOWN and UP again on a scratch database. A migration that
 * leaves the database in another state than a single UP would is followed by a new
 * scratch database, so that the next one finds what it would find in production.
 */
final class RehearsalRun {

	private final ScratchServer server;

	private final RehearsalOptions options;

	private final Stage stage;

	private final Findings findings;

	private final Clock clock;

	RehearsalRun(ScratchServer server, RehearsalOptions options, Stage stage, Findings findings, Clock clock) {
		this.server = server;
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
		List<RehearsedMigration> rehearsed = new ArrayList<>();
		try (ScratchSeries series = new ScratchSeries(this::prepared)) {
			String server = series.current().observer().serverVersion();
			String database = series.current().name();
			rehearse(series, rehearsed);
			return new RehearsalReport(server, database, begin, Duration.between(begin, this.clock.instant()),
					versions(this.stage.prepared()), rehearsed, versions(notRun(rehearsed.size())));
		}
		catch (SQLException ex) {
			throw new DatabaseUnreachableException("The rehearsal was given up: " + Keeper.message(ex) + ".",
					"Rehearse again: what it has left behind is removed then.", ex);
		}
	}

	private void rehearse(ScratchSeries series, List<RehearsedMigration> rehearsed) throws SQLException {
		Rehearsing rehearsing = rehearsing(series.current());
		for (Migration migration : this.stage.subjects()) {
			RehearsedMigration outcome = rehearsing.rehearse(migration);
			rehearsed.add(outcome);
			if (outcome.reversibility() == Reversibility.UP_FAILED) {
				return;
			}
			if (!rehearsing.isSettled() && rehearsed.size() < this.stage.subjects().size()) {
				replay(series.renew(), rehearsed);
				rehearsing = rehearsing(series.current());
			}
			else if (this.stage.fixturesAfter().containsKey(migration.version())) {
				load(series.current(), this.stage.fixturesAfter().getOrDefault(migration.version(), Map.of()));
				rehearsing = rehearsing(series.current());
			}
		}
	}

	private Rehearsing rehearsing(Scratch scratch) throws SQLException {
		return new Rehearsing(scratch, this.options.referenceTables(), this.findings);
	}

	private void replay(Scratch scratch, List<RehearsedMigration> rehearsed) throws SQLException {
		for (RehearsedMigration earlier : rehearsed) {
			apply(scratch, earlier.migration());
			load(scratch, this.stage.fixturesAfter().getOrDefault(earlier.migration().version(), Map.of()));
		}
	}

	private Scratch prepared() throws SQLException {
		Scratch scratch = Scratch.create(this.server, this.options, this.clock);
		try {
			load(scratch, this.stage.dump());
			for (Migration migration : this.stage.prepared()) {
				apply(scratch, migration);
			}
			load(scratch, this.stage.fixtures());
			return scratch;
		}
		catch (SQLException | RuntimeException ex) {
			scratch.close();
			throw ex;
		}
	}

	private void apply(Scratch scratch, Migration migration) throws SQLException {
		SqlFailure failure = scratch.run(migration.file(), migration.up()).failure();
		if (failure != null) {
			throw new RehearsalException(
					"The applied version \"" + migration.version() + "\" cannot be applied to the scratch database: "
							+ failure.describe(),
					"If the database was baselined, set veza.migrations.rehearsal.schema-dump to the output of "
							+ "pg_dump --schema-only.",
					null);
		}
	}

	private static void load(Scratch scratch, Map<String, SqlScript> scripts) throws SQLException {
		for (Map.Entry<String, SqlScript> script : scripts.entrySet()) {
			MigrationSection section = new MigrationSection(Map.of(), false, null, null, List.of(), null, 0,
					script.getValue());
			SqlFailure failure = scratch.run(script.getKey(), section).failure();
			if (failure != null) {
				throw new RehearsalException("The file cannot be run on the scratch database: " + failure.describe(),
						"Correct the file, and rehearse again.", null);
			}
		}
	}

	private List<Migration> notRun(int run) {
		return this.stage.subjects().subList(run, this.stage.subjects().size());
	}

	private static List<MigrationVersion> versions(List<Migration> migrations) {
		return migrations.stream().map(Migration::version).toList();
	}

}
