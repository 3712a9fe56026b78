package io.veza.migrations.rehearsal.scratch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.catalog.DatabaseFacts;
import io.veza.migrations.catalog.DatabaseInspector;
import io.veza.migrations.failure.RehearsalException;
import io.veza.migrations.sql.SqlQuoting;
import org.jspecify.annotations.Nullable;

/**
 * The session that stays open as long as a scratch database exists, which is named after
 * it: a scratch database without its session is orphaned. It is connected to the database
 * that the URL names, idle and outside of any transaction.
 */
public final class ScratchOwnerSession {

	static final String ADVICE = "Set veza.migrations.rehearsal.url to a server that is not production.";

	/** Timeouts that the database or the role sets for sessions must not end this one. */
	private static final String SETTINGS = """
			SELECT pg_catalog.set_config(s.name, s.value, false)
			FROM (VALUES ('statement_timeout', '0'), ('lock_timeout', '0'), ('idle_session_timeout', '0'),
				('default_transaction_read_only', 'off')) s (name, value)""";

	private static final String RIGHTS = """
			SELECT (me.rolcreatedb OR me.rolsuper) AS create_database,
				owner.oid IS NOT NULL AS exists,
				pg_catalog.pg_has_role(owner.oid, 'MEMBER') AS member
			FROM pg_catalog.pg_roles me
			LEFT JOIN pg_catalog.pg_roles owner ON owner.rolname = coalesce(?, current_user)
			WHERE me.rolname = current_user""";

	private static final String MAY_ACT_FOR = "SELECT pg_catalog.pg_has_role(?::name, 'USAGE') AS may";

	private final Connection connection;

	private final DatabaseFacts facts;

	private final String owner;

	private ScratchOwnerSession(Connection connection, DatabaseFacts facts, String owner) {
		this.connection = connection;
		this.facts = facts;
		this.owner = owner;
	}

	/**
	 * Turn a connection into the session of a scratch database.
	 * @param connection the connection
	 * @param owner the role that is to own the scratch database, {@code null} for the
	 * user
	 * @return the session
	 * @throws RehearsalException if it cannot stay open, or may not create a database
	 * @throws SQLException if the server cannot be asked
	 */
	static ScratchOwnerSession of(Connection connection, @Nullable String owner) throws SQLException {
		DatabaseFacts facts = new DatabaseInspector().facts(null, List.of()).read(connection);
		if (facts.pooled()) {
			throw new RehearsalException("The connection of the rehearsal leads through a pooler, such as PgBouncer.",
					"Set veza.migrations.rehearsal.url to the server itself.", null);
		}
		if (facts.standby()) {
			throw new RehearsalException("The server of the rehearsal is a standby, which takes no writes.", ADVICE,
					null);
		}
		ScratchOwnerSession ownerSession = new ScratchOwnerSession(connection, facts,
				(owner != null) ? owner : facts.user());
		ownerSession.query(SETTINGS, (row) -> row.getString(1));
		ownerSession.checkRights();
		return ownerSession;
	}

	private void checkRights() throws SQLException {
		String owner = this.owner;
		List<RehearsalException> refusals = query(RIGHTS, (row) -> {
			if (!row.getBoolean("create_database")) {
				return noRight(this.facts.user(), null);
			}
			if (!row.getBoolean("exists")) {
				return new RehearsalException(
						"The role \"%s\" that is to own the scratch database does not exist on the server of the rehearsal."
							.formatted(owner),
						"Create it there with CREATE ROLE %s.".formatted(SqlQuoting.identifier(owner)), null);
			}
			return row.getBoolean("member") ? null
					: new RehearsalException(
							"The user \"%s\" is no member of the role \"%s\" that is to own the scratch database."
								.formatted(this.facts.user(), owner),
							"Execute GRANT %s TO %s on the server of the rehearsal.".formatted(
									SqlQuoting.identifier(owner), SqlQuoting.identifier(this.facts.user())),
							null);
		}, owner);
		for (RehearsalException refusal : refusals) {
			throw refusal;
		}
	}

	static RehearsalException noRight(String user, @Nullable SQLException cause) {
		return new RehearsalException("The user \"%s\" may not create a scratch database.".formatted(user),
				"If this server is not production, execute ALTER ROLE %s CREATEDB; otherwise set veza.migrations.rehearsal.url to a server that is not."
					.formatted(SqlQuoting.identifier(user)),
				cause);
	}

	DatabaseFacts facts() {
		return this.facts;
	}

	String owner() {
		return this.owner;
	}

	/**
	 * Execute one statement, with nothing around it.
	 * @param sql the statement
	 * @throws SQLException if it fails
	 */
	void execute(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute(sql);
		}
	}

	/**
	 * Execute one statement that only the owner of a database may. A user who is a member
	 * of that role but does not inherit its rights takes it on for that.
	 * @param role the owner
	 * @param sql the statement
	 * @throws SQLException if it fails
	 */
	void executeAs(String role, String sql) throws SQLException {
		if (query(MAY_ACT_FOR, (row) -> row.getBoolean("may"), role).contains(true)) {
			execute(sql);
			return;
		}
		execute("SET ROLE " + SqlQuoting.identifier(role));
		try {
			execute(sql);
		}
		finally {
			execute("RESET ROLE");
		}
	}

	<T> List<T> query(String sql, RowReader<T> reader, String... arguments) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			for (int i = 0; i < arguments.length; i++) {
				statement.setString(i + 1, arguments[i]);
			}
			try (ResultSet rows = statement.executeQuery()) {
				List<T> result = new ArrayList<>();
				while (rows.next()) {
					T value = reader.read(rows);
					if (value != null) {
						result.add(value);
					}
				}
				return result;
			}
		}
	}

	void close() throws SQLException {
		this.connection.close();
	}

	/**
	 * Reads a row.
	 *
	 * @param <T> what it is read as
	 */
	interface RowReader<T> {

		/**
		 * Read the current row.
		 * @param row where
		 * @return what it says, {@code null} for nothing
		 * @throws SQLException if a column is missing
		 */
		@Nullable T read(ResultSet row) throws SQLException;

	}

}
