package io.veza.migrations.status;

import java.util.List;
import java.util.Locale;

import io.veza.migrations.MigrationInfo;
import org.jspecify.annotations.Nullable;

/**
 * The status of a database and its migrations.
 *
 * @param database the database, {@code null} if it was never reached
 * @param state the state of the whole
 * @param running the operation that this process is running, {@code null} if none
 * @param applied the applied migrations in the order of application
 * @param pending the others in the order of their versions
 * @param problems the problems in words; empty if there are none
 * @since 0.1.0
 */
public record MigrationStatus(@Nullable Database database, State state, @Nullable RunningOperation running,
		List<MigrationInfo> applied, List<MigrationInfo> pending, List<String> problems) {

	public MigrationStatus {
		applied = List.copyOf(applied);
		pending = List.copyOf(pending);
		problems = List.copyOf(problems);
	}

	/**
	 * The database that is migrated.
	 *
	 * @param name the name of the database
	 * @param schema the schema that holds the history table, {@code null} if there is
	 * none
	 * @param user the user that migrates
	 * @param version the version of the server, such as {@code 17.11}
	 * @param host the address of the server as the server sees it, {@code null} for a
	 * local socket
	 */
	public record Database(String name, @Nullable String schema, String user, String version, @Nullable String host) {
	}

	/**
	 * The state of a database as a whole.
	 */
	public enum State {

		/** Every migration of the files is applied. */
		UP_TO_DATE,

		/** Some are pending. */
		PENDING,

		/** This process is running an operation. */
		RUNNING,

		/** This process waits for another one. */
		WAITING,

		/**
		 * A non-transactional migration stopped half-way, or the last run here failed.
		 */
		FAILED,

		/** Nothing is pending but what was rolled back, and what waits behind it. */
		HELD,

		/** Planning refuses to run. */
		INVALID;

		/**
		 * Return the word for it in JSON.
		 * @return the lower-case name with hyphens
		 */
		public String id() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
