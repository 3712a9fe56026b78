package io.veza.migrations.rehearsal.section;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

import io.veza.migrations.execute.StatementByStatement;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.observe.CommittedStateReader;
import io.veza.migrations.rehearsal.scratch.ScratchDatabase;
import io.veza.migrations.rehearsal.scratch.ScratchServer;
import io.veza.migrations.sql.MigrationSection;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlQuoting;
import org.jspecify.annotations.Nullable;

/**
 * A scratch database with the two sessions of a rehearsal: one that runs sections, and
 * one that reads what they committed.
 */
public final class ScratchSessions implements AutoCloseable {

	private final ScratchDatabase database;

	private final SectionSession work;

	private final CommittedStateReader observer;

	private final boolean disposableServer;

	private final Clock clock;

	private ScratchSessions(ScratchDatabase database, SectionSession work, CommittedStateReader observer,
			boolean disposableServer, Clock clock) {
		this.database = database;
		this.work = work;
		this.observer = observer;
		this.disposableServer = disposableServer;
		this.clock = clock;
	}

	/**
	 * Create the database and connect to it.
	 * @param server the server
	 * @param schema the schema that heads the search path, {@code null} for none
	 * @param role the role that migrates, {@code null} for that of the session
	 * @param disposableServer whether statements may run that concern the whole server
	 * @param clock tells the time
	 * @return the database
	 * @throws SQLException if the server refuses it
	 */
	public static ScratchSessions create(ScratchServer server, @Nullable String schema, @Nullable String role,
			boolean disposableServer, Clock clock) throws SQLException {
		ScratchDatabase database = server.create(role);
		try {
			createSchema(database, schema, role);
			CommittedStateReader observer = CommittedStateReader.open(database.connect());
			try {
				SectionSession work = SectionSession.open(database.connect(), schema, role);
				return new ScratchSessions(database, work, observer, disposableServer, clock);
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
			new StatementByStatement(connection)
				.send("CREATE SCHEMA IF NOT EXISTS " + SqlQuoting.identifier(schema) + owner);
		}
	}

	public String name() {
		return this.database.name();
	}

	public CommittedStateReader observer() {
		return this.observer;
	}

	/**
	 * Run a section.
	 * @param file the file as people know it
	 * @param section the section
	 * @return what it did, without what the catalogs say about all of it
	 * @throws SQLException if the server refuses something of ours
	 */
	public RehearsedSection run(String file, MigrationSection section) throws SQLException {
		return new SectionRehearser(this.work, this.observer, this.disposableServer, this.clock, file, section).run();
	}

	/**
	 * Run a section that was run on another scratch database before.
	 * @param file the file as people know it
	 * @param section the section
	 * @return why it failed, {@code null} if it did not
	 * @throws SQLException if the server refuses something of ours
	 */
	public @Nullable SqlFailure replay(String file, MigrationSection section) throws SQLException {
		return SectionRehearser.replay(this.work, this.observer, this.clock, file, section).run().failure();
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
