package io.veza.migrations.rehearsal;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.failure.RehearsalException;
import io.veza.migrations.rehearsal.scratch.ScratchServer;
import io.veza.migrations.rehearsal.section.ScratchSessions;
import io.veza.migrations.sql.MigrationSection;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlScript;
import io.veza.migrations.sql.SqlState;
import org.jspecify.annotations.Nullable;

/**
 * The setup of scratch databases: everything that comes before a migration under test.
 */
final class ScratchDatabaseSetup {

	private static final String BASELINED = "If the database was baselined, set veza.migrations.rehearsal.schema-dump "
			+ "to the output of pg_dump --schema-only.";

	private final ScratchServer server;

	private final RehearsalOptions options;

	private final RehearsalInput input;

	private final Clock clock;

	ScratchDatabaseSetup(ScratchServer server, RehearsalOptions options, RehearsalInput input, Clock clock) {
		this.server = server;
		this.options = options;
		this.input = input;
		this.clock = clock;
	}

	/**
	 * Make a database for the first migration under test.
	 * @return the database
	 * @throws SQLException if the server refuses something of ours
	 * @throws RehearsalException if what comes before cannot be run
	 */
	ScratchSessions create() throws SQLException {
		ScratchSessions scratch = open();
		return closedOnFailure(scratch, () -> prepare((file, section) -> scratch.run(file, section).failure()));
	}

	/**
	 * Make a database once more, for the migration that follows others.
	 * @param rehearsed the others
	 * @return the database
	 * @throws SQLException if the server refuses something of ours
	 * @throws RehearsalException if what comes before cannot be run
	 */
	ScratchSessions createAgain(List<Migration> rehearsed) throws SQLException {
		ScratchSessions scratch = open();
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
	boolean loadAfter(ScratchSessions scratch, MigrationVersion version) throws SQLException {
		load(fixturesAfter(version), (file, section) -> scratch.run(file, section).failure());
		return !fixturesAfter(version).isEmpty();
	}

	private ScratchSessions open() throws SQLException {
		return ScratchSessions.create(this.server, this.options.tables().schema(), this.options.role(),
				this.options.disposableServer(), this.clock);
	}

	private Map<String, SqlScript> fixturesAfter(MigrationVersion version) {
		return this.input.fixturesAfter().getOrDefault(version, Map.of());
	}

	private void prepare(Runner runner) throws SQLException {
		load(this.input.dump(), runner);
		for (Migration migration : this.input.prepared()) {
			apply(migration, runner);
		}
		load(this.input.fixtures(), runner);
	}

	private static void apply(Migration migration, Runner runner) throws SQLException {
		SqlFailure failure = runner.run(migration.file(), migration.up());
		if (failure != null) {
			throw new RehearsalException("Version \"" + migration.version()
					+ "\", on which others build, cannot be applied to the scratch database: " + failure.describe(),
					SqlState.CLUSTER_WIDE.equals(failure.sqlState()) ? "Then rehearse again." : BASELINED, null);
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

	private static ScratchSessions closedOnFailure(ScratchSessions scratch, Work work) throws SQLException {
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
