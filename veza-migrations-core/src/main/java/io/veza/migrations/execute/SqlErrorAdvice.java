package io.veza.migrations.execute;

import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What to do about an error of PostgreSQL, where its own message and hint do not say it.
 */
final class Advice {

	private static final String TRANSACTION_OFF = "Put the line \"-- veza: transaction=off\" below the line that begins the section, "
			+ "and only this statement into the file if it can stand alone.";

	private static final String SET_FIRST = "PostgreSQL takes it only before the first query of a transaction: "
			+ "make it the first statement of the section. "
			+ "With veza.migrations.single-transaction only the first migration can have it, "
			+ "behind a pooler that shares sessions none.";

	private static final Pattern SET = Pattern.compile("SET\\b", Pattern.CASE_INSENSITIVE);

	private static final String AGAIN = "Nothing in the file is wrong: run it again when the cause is gone.";

	private static final Map<String, String> BY_STATE = Map.ofEntries(Map.entry("25001", TRANSACTION_OFF),
			Map.entry("2D000",
					"A procedure or DO block that commits cannot run inside a transaction. " + TRANSACTION_OFF),
			Map.entry("55P04",
					"A new value of an enum can be used only after the transaction that added it has committed: "
							+ "put ALTER TYPE … ADD VALUE into a migration of its own, before this one."),
			Map.entry("25006",
					"The session is read-only: connect to the primary, and look at default_transaction_read_only "
							+ "of the user (ALTER ROLE), the database (ALTER DATABASE) and the URL."),
			Map.entry("55P03", "Another session holds a lock that the statement needs. " + AGAIN),
			Map.entry("40P01", "Another session was in the way. " + AGAIN),
			Map.entry("40001", "Another session was in the way. " + AGAIN),
			Map.entry("53100", "The server's disk is full: free some space, then run it again."),
			Map.entry("57014", "The statement was cancelled or ran into a timeout. " + AGAIN),
			Map.entry("57P01", "The server ended the session. Start again: the history says where to continue."));

	private Advice() {
	}

	/**
	 * Return what to do about the failure of a statement.
	 * @param sqlState the state that the server gave, {@code null} if none
	 * @param message its message
	 * @param sql the statement
	 * @return the advice, {@code null} if there is none
	 */
	static @Nullable String on(@Nullable String sqlState, String message, String sql) {
		// in a transaction too early or too late, and not refused by every one
		return ("25001".equals(sqlState) && SET.matcher(sql).lookingAt()) ? SET_FIRST : on(sqlState, message);
	}

	static @Nullable String on(@Nullable String sqlState, String message) {
		if (sqlState == null) {
			return null;
		}
		if (sqlState.equals("42501") && message.contains("schema public")) {
			return "Since PostgreSQL 15 only the owner of the database may create objects in the schema public: "
					+ "GRANT CREATE ON SCHEMA public to the user that migrates, or set veza.migrations.schema to a schema that it owns.";
		}
		if (sqlState.startsWith("08")) {
			return "The connection was lost. Start again: the history says where to continue.";
		}
		return BY_STATE.get(sqlState);
	}

}
