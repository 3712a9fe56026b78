package io.veza.migrations.rehearsal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

import io.veza.migrations.MigrationSection;
import io.veza.migrations.SqlFailure;
import io.veza.migrations.execute.SingleStatements;
import io.veza.migrations.history.SqlQuoting;
import org.jspecify.annotations.Nullable;

/**
 * A scratch database with the two sessions of a rehearsal: one that works and one that
 * looks.
 */
final class Scratch implements AutoCloseable {

	private final ScratchDatabase database;

	private final WorkSession work;

	private final Observer observer;

	private final boolean disposableServer;

	private final Clock clock;

	private Scratch(ScratchDatabase database, WorkSession work, Observer observer, boolean disposableServer,
			Clock clock) {
		this.database = database;
		this.work = work;
		this.observer = observer;
		this.disposableServer = disposableServer;
		this.clock = clock;
	}

	/**
	 * Create the database and connect to it.
	 * @param server the server
	 * @param options how the rehearsal works
	 * @param clock tells the time
	 * @return the database
	 * @throws SQLException if the server refuses it
	 */
	static Scratch create(ScratchServer server, RehearsalOptions options, Clock clock) throws SQLException {
		ScratchDatabase database = server.create(options.role());
		try {
			String schema = options.tables().schema();
			createSchema(database, schema, options.role());
			Observer observer = Observer.open(database.connect());
			try {
				WorkSession work = WorkSession.open(database.connect(), schema, options.role());
				return new Scratch(database, work, observer, options.disposableServer(), clock);
			}
			catch (SQLException | RuntimeException ex) {
				observer.close();
				throw ex;
			}
		}
		catch (SQLException | RuntimeException ex) {
			database.close();
			throw ex;
		}
	}

	private static void createSchema(ScratchDatabase database, @Nullable String schema, @Nullable String role)
			throws SQLException {
		if (schema == null) {
			return;
		}
		String owner = (role != null) ? " AUTHORIZATION " + SqlQuoting.identifier(role) : "";
		try (Connection connection = database.connect()) {
			new SingleStatements(connection)
				.send("CREATE SCHEMA IF NOT EXISTS " + SqlQuoting.identifier(schema) + owner);
		}
	}

	String name() {
		return this.database.name();
	}

	Observer observer() {
		return this.observer;
	}

	/**
	 * Run a section.
	 * @param file the file as people know it
	 * @param section the section
	 * @return what it did, without what the catalogs say about all of it
	 * @throws SQLException if the server refuses something of ours
	 */
	RehearsedSection run(String file, MigrationSection section) throws SQLException {
		return new SectionRun(this.work, this.observer, this.disposableServer, this.clock, file, section).run();
	}

	/**
	 * Run a section that was run on another scratch database before.
	 * @param file the file as people know it
	 * @param section the section
	 * @return why it failed, {@code null} if it did not
	 * @throws SQLException if the server refuses something of ours
	 */
	@Nullable SqlFailure replay(String file, MigrationSection section) throws SQLException {
		return SectionRun.replay(this.work, this.observer, this.clock, file, section).run().failure();
	}

	@Override
	public void close() {
		try (this.database; this.observer; this.work) {
			// the sessions first, then the database
		}
		catch (SQLException ex) {
			// what is left of a session ends with the database
		}
	}

}
