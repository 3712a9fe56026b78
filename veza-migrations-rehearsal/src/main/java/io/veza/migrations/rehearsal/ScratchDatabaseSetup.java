package io.veza.migrations.rehearsal;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationSection;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RehearsalException;
import io.veza.migrations.SqlFailure;
import io.veza.migrations.SqlScript;
import org.jspecify.annotations.Nullable;

/**
 * Makes scratch databases in which everything is as a migration under test will find it.
 */
final class ScratchSetup {

	private static final String BASELINED = "If the database was baselined, set veza.migrations.rehearsal.schema-dump "
			+ "to the output of pg_dump --schema-only.";

	private final ScratchServer server;

	private final RehearsalOptions options;

	private final Stage stage;

	private final Clock clock;

	ScratchSetup(ScratchServer server, RehearsalOptions options, Stage stage, Clock clock) {
		this.server = server;
		this.options = options;
		this.stage = stage;
		this.clock = clock;
	}

	/**
	 * Make a database for the first migration under test.
	 * @return the database
	 * @throws SQLException if the server refuses something of ours
	 * @throws RehearsalException if what comes before cannot be run
	 */
	Scratch create() throws SQLException {
		Scratch scratch = Scratch.create(this.server, this.options, this.clock);
		return closedOnFailure(scratch, () -> prepare((file, section) -> scratch.run(file, section).failure()));
	}

	/**
	 * Make a database once more, for the migration that follows others.
	 * @param rehearsed the others
	 * @return the database
	 * @throws SQLException if the server refuses something of ours
	 * @throws RehearsalException if what comes before cannot be run
	 */
	Scratch createAgain(List<Migration> rehearsed) throws SQLException {
		Scratch scratch = Scratch.create(this.server, this.options, this.clock);
		return closedOnFailure(scratch, () -> {
			prepare(scratch::replay);
			for (Migration migration : rehearsed) {
				apply(migration, scratch::replay);
				load(fixturesAfter(migration.version()), scratch::replay);
			}
		});
	}

	/**
	 * Load the sample rows that need a migration.
	 * @param scratch the database
	 * @param version the migration, which is applied
	 * @return whether there are any
	 * @throws SQLException if the server refuses something of ours
	 * @throws RehearsalException if they cannot be loaded
	 */
	boolean loadAfter(Scratch scratch, MigrationVersion version) throws SQLException {
		load(fixturesAfter(version), (file, section) -> scratch.run(file, section).failure());
		return !fixturesAfter(version).isEmpty();
	}

	private Map<String, SqlScript> fixturesAfter(MigrationVersion version) {
		return this.stage.fixturesAfter().getOrDefault(version, Map.of());
	}

	private void prepare(Runner runner) throws SQLException {
		load(this.stage.dump(), runner);
		for (Migration migration : this.stage.prepared()) {
			apply(migration, runner);
		}
		load(this.stage.fixtures(), runner);
	}

	private static void apply(Migration migration, Runner runner) throws SQLException {
		SqlFailure failure = runner.run(migration.file(), migration.up());
		if (failure != null) {
			throw new RehearsalException("Version \"" + migration.version()
					+ "\", on which others build, cannot be applied to the scratch database: " + failure.describe(),
					ServerGuard.CLUSTER_WIDE.equals(failure.sqlState()) ? "Then rehearse again." : BASELINED, null);
		}
	}

	private static void load(Map<String, SqlScript> scripts, Runner runner) throws SQLException {
		for (Map.Entry<String, SqlScript> script : scripts.entrySet()) {
			SqlFailure failure = runner.run(script.getKey(),
					new MigrationSection(Map.of(), false, null, null, List.of(), null, 0, script.getValue()));
			if (failure != null) {
				throw new RehearsalException("The file cannot be run on the scratch database: " + failure.describe(),
						"Correct the file, and rehearse again.", null);
			}
		}
	}

	private static Scratch closedOnFailure(Scratch scratch, Work work) throws SQLException {
		try {
			work.run();
			return scratch;
		}
		catch (SQLException | RuntimeException ex) {
			scratch.close();
			throw ex;
		}
	}

	/**
	 * Runs a section.
	 */
	@FunctionalInterface
	private interface Runner {

		@Nullable SqlFailure run(String file, MigrationSection section) throws SQLException;

	}

	/**
	 * Fills a database.
	 */
	@FunctionalInterface
	private interface Work {

		void run() throws SQLException;

	}

}
