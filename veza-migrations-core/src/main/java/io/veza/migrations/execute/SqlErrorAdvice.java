package io.veza.migrations.execute;

import java.util.Map;
import java.util.regex.Pattern;

import io.veza.migrations.sql.SqlState;
import org.jspecify.annotations.Nullable;

/**
 * Advice on errors of PostgreSQL whose own message and hint do not say what to do.
 */
public final class SqlErrorAdvice {

	private static final String TRANSACTION_OFF = "Put the line \"-- veza: transaction=off\" below the line that begins the section, "
			+ "and only this statement into the file if it can stand alone.";

	private static final String SET_FIRST = "PostgreSQL takes it only before the first query of a transaction: "
			+ "make it the first statement of the section. "
			+ "With veza.migrations.single-transaction only the first migration can have it, "
			+ "behind a pooler that shares sessions none.";

	private static final Pattern SET = Pattern.compile("SET\\b", Pattern.CASE_INSENSITIVE);

	private static final String AGAIN = "Nothing in the file is wrong: run it again when the cause is gone.";

	private static final Map<String, String> BY_STATE = Map.ofEntries(
			Map.entry(SqlState.ACTIVE_SQL_TRANSACTION, TRANSACTION_OFF),
			Map.entry(SqlState.INVALID_TRANSACTION_TERMINATION,
					"A procedure or DO block that commits cannot run inside a transaction. " + TRANSACTION_OFF),
			Map.entry(SqlState.UNSAFE_NEW_ENUM_VALUE_USAGE,
					"A new value of an enum can be used only after the transaction that added it has committed: "
							+ "put ALTER TYPE … ADD VALUE into a migration of its own, before this one."),
			Map.entry(SqlState.READ_ONLY_SQL_TRANSACTION,
					"The session is read-only: connect to the primary, and check default_transaction_read_only "
							+ "of the user (ALTER ROLE), the database (ALTER DATABASE) and the URL."),
			Map.entry(SqlState.LOCK_NOT_AVAILABLE, "Another session holds a lock that the statement needs. " + AGAIN),
			Map.entry(SqlState.DEADLOCK_DETECTED, "Another session was in the way. " + AGAIN),
			Map.entry(SqlState.SERIALIZATION_FAILURE, "Another session was in the way. " + AGAIN),
			Map.entry(SqlState.DISK_FULL, "The server's disk is full: free some space, then run it again."),
			Map.entry(SqlState.QUERY_CANCELED, "The statement was cancelled or ran into a timeout. " + AGAIN),
			Map.entry(SqlState.ADMIN_SHUTDOWN,
					"The server ended the session. Start again: the history says where to continue."));

	private SqlErrorAdvice() {
	}

	/**
	 * Return what to do about the failure of a statement.
	 * @param sqlState the state that the server gave, {@code null} if none
	 * @param message its message
	 * @param sql the statement
	 * @return the advice, {@code null} if there is none
	 */
	public static @Nullable String on(@Nullable String sqlState, String message, String sql) {
		// in a transaction too early or too late, and not refused by every one
		return (SqlState.ACTIVE_SQL_TRANSACTION.equals(sqlState) && SET.matcher(sql).lookingAt()) ? SET_FIRST
				: on(sqlState, message);
	}

	public static @Nullable String on(@Nullable String sqlState, String message) {
		if (sqlState == null) {
			return null;
		}
		if (sqlState.equals(SqlState.INSUFFICIENT_PRIVILEGE) && message.contains("schema public")) {
			return "Since PostgreSQL 15 only the owner of the database may create objects in the schema public: "
					+ "GRANT CREATE ON SCHEMA public to the user that migrates, or set veza.migrations.schema to a schema that it owns.";
		}
		if (sqlState.startsWith("08")) {
			return "The connection was lost. Start again: the history says where to continue.";
		}
		return BY_STATE.get(sqlState);
	}

}
