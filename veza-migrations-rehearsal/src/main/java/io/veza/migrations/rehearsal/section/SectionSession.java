package io.veza.migrations.rehearsal.section;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.execute.StatementByStatement;
import io.veza.migrations.rehearsal.observe.RelationFactsReader;
import io.veza.migrations.rehearsal.observe.RelationReader;
import io.veza.migrations.session.DedicatedSessionSettings;
import io.veza.migrations.session.SessionRole;
import org.jspecify.annotations.Nullable;

/**
 * The session that runs the sections of a rehearsal, each from the same settings, as a
 * real run does.
 */
public final class SectionSession implements AutoCloseable {

	private final Connection connection;

	private final StatementByStatement statements;

	private final DedicatedSessionSettings settings;

	private final RelationReader relationReader;

	private final RelationFactsReader facts;

	private SectionSession(Connection connection, DedicatedSessionSettings settings) throws SQLException {
		this.connection = connection;
		this.settings = settings;
		this.statements = new StatementByStatement(connection);
		this.relationReader = new RelationReader(connection);
		this.facts = RelationFactsReader.complete(connection);
	}

	/**
	 * Begin to work on a connection.
	 * @param connection the connection, which is closed with the session
	 * @param schema the schema that heads the search path, {@code null} for none
	 * @param role the role that migrates, {@code null} for that of the session
	 * @return the session
	 * @throws SQLException if the server refuses it
	 */
	public static SectionSession open(Connection connection, @Nullable String schema, @Nullable String role)
			throws SQLException {
		try {
			if (role != null) {
				SessionRole.assume(connection, role, true);
			}
			return new SectionSession(connection, DedicatedSessionSettings.read(connection, schema));
		}
		catch (SQLException | RuntimeException ex) {
			connection.close();
			throw ex;
		}
	}

	/**
	 * Give the session the settings that a section starts from. Nobody works beside it,
	 * so that what has to wait would wait for ever.
	 * @throws SQLException if the server refuses it
	 */
	public void reset() throws SQLException {
		List<String> settings = new ArrayList<>(this.settings.beforeTransaction());
		settings.add("SET lock_timeout = '30s'");
		this.statements.sendAll(settings);
	}

	public StatementByStatement statements() {
		return this.statements;
	}

	public RelationReader relationReader() {
		return this.relationReader;
	}

	public RelationFactsReader facts() {
		return this.facts;
	}

	@Override
	public void close() throws SQLException {
		try (this.connection; this.relationReader; this.facts) {
			// nothing else to do
		}
	}

}
