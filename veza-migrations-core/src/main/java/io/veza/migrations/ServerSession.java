package io.veza.migrations;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A session of the server, or a prepared transaction, that blocks others.
 *
 * @param pid the process on the server, 0 for a prepared transaction
 * @param kind the kind of session
 * @param user its user, {@code null} if it has none, as a worker of the server
 * @param application the name that its application gave, {@code null} if it gave none
 * @param client the address that it came from, {@code null} for a local socket and when
 * hidden
 * @param state its state, in the words of {@code pg_stat_activity}, {@code null} when
 * hidden
 * @param transactionAge the age of its transaction, or the time since that was prepared,
 * {@code null} if it has none and when hidden
 * @param hidden whether PostgreSQL hides state, client, age and query, as it does with
 * other users' sessions without {@code pg_monitor}
 * @param gid the identifier of a prepared transaction, {@code null} for a session and for
 * one that has ended meanwhile
 * @param query the statement that it runs, or ran last, {@code null} if it was not asked
 * for and when hidden
 * @since 0.1.0
 */
public record ServerSession(int pid, Kind kind, @Nullable String user, @Nullable String application,
		@Nullable String client, @Nullable String state, @Nullable Duration transactionAge, boolean hidden,
		@Nullable String gid, @Nullable String query) {

	private static final String HIDDEN = " (its state is hidden from the user that migrates: GRANT pg_monitor to it)";

	/**
	 * Return a phrase that names the session and its state.
	 * @return such as {@code process 4711 of user "app", idle in transaction, transaction
	 * open for 20 s}
	 */
	public String describe() {
		StringBuilder phrase = new StringBuilder();
		append(phrase, this.kind.phrase, Integer.toString(this.pid));
		append(phrase, " \"%s\"", this.gid);
		append(phrase, " of user \"%s\"", this.user);
		append(phrase, ", application \"%s\"", this.application);
		append(phrase, ", client \"%s\"", this.client);
		append(phrase, ", %s", this.state);
		append(phrase, (this.gid != null) ? ", prepared %s ago" : ", transaction open for %s", age());
		append(phrase, ", query \"%s\"", (this.query != null) ? this.query.strip().replaceAll("\\s+", " ") : null);
		return phrase.append((this.hidden && this.kind == Kind.CLIENT) ? HIDDEN : "").toString();
	}

	private static void append(StringBuilder phrase, String part, @Nullable String value) {
		if (value != null) {
			phrase.append(part.formatted(value));
		}
	}

	private @Nullable String age() {
		if (this.transactionAge == null) {
			return null;
		}
		if (this.transactionAge.toSeconds() < 1) {
			return this.transactionAge.toMillis() + " ms";
		}
		if (this.transactionAge.toMinutes() < 2) {
			return this.transactionAge.toSeconds() + " s";
		}
		return (this.transactionAge.toHours() < 2) ? this.transactionAge.toMinutes() + " min"
				: this.transactionAge.toHours() + " h";
	}

	/**
	 * A kind of session.
	 */
	public enum Kind {

		/** A client, or a session of which PostgreSQL tells nothing else. */
		CLIENT("process %s"),

		/** An autovacuum worker, which PostgreSQL cancels when it is in the way. */
		AUTOVACUUM("process %s, an autovacuum worker"),

		/** An autovacuum worker that PostgreSQL does not cancel. */
		WRAPAROUND_AUTOVACUUM(
				"process %s, an autovacuum to prevent transaction ID wraparound, which PostgreSQL does not cancel"),

		/** A transaction that waits for COMMIT PREPARED and has no session. */
		PREPARED_TRANSACTION("prepared transaction"),

		/** Another process of the server, such as a worker of logical replication. */
		OTHER("background process %s");

		private final String phrase;

		Kind(String phrase) {
			this.phrase = phrase;
		}

	}

}
