package io.veza.migrations.rehearsal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.execute.OwnSessionSettings;
import io.veza.migrations.execute.SessionRole;
import io.veza.migrations.execute.SingleStatements;
import org.jspecify.annotations.Nullable;

/**
 * The session that runs the sections of a rehearsal, each from the same settings, as a
 * real run does.
 */
final class WorkSession implements AutoCloseable {

	private final Connection connection;

	private final SingleStatements statements;

	private final OwnSessionSettings settings;

	private final RelationLook look;

	private final FactsReader facts;

	private WorkSession(Connection connection, OwnSessionSettings settings) throws SQLException {
		this.connection = connection;
		this.settings = settings;
		this.statements = new SingleStatements(connection);
		this.look = new RelationLook(connection);
		this.facts = FactsReader.complete(connection);
	}

	/**
	 * Begin to work on a connection.
	 * @param connection the connection, which is closed with the session
	 * @param schema the schema that heads the search path, {@code null} for none
	 * @param role the role that migrates, {@code null} for that of the session
	 * @return the session
	 * @throws SQLException if the server refuses it
	 */
	static WorkSession open(Connection connection, @Nullable String schema, @Nullable String role) throws SQLException {
		try {
			if (role != null) {
				SessionRole.assume(connection, role, true);
			}
			return new WorkSession(connection, OwnSessionSettings.read(connection, schema));
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
	void reset() throws SQLException {
		List<String> settings = new ArrayList<>(this.settings.beforeTransaction());
		settings.add("SET lock_timeout = '30s'");
		this.statements.sendAll(settings);
	}

	SingleStatements statements() {
		return this.statements;
	}

	RelationLook look() {
		return this.look;
	}

	FactsReader facts() {
		return this.facts;
	}

	@Override
	public void close() throws SQLException {
		try (this.connection; this.look; this.facts) {
			// nothing else to do
		}
	}

}
