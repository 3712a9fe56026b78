package io.veza.migrations.actuate.descriptor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.MigrationInfo;
import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.status.MigrationStatus;
import io.veza.migrations.status.MigrationStatus.State;
import io.veza.migrations.status.RunningOperation;
import org.jspecify.annotations.Nullable;

/**
 * The list of migrations and where the database stands.
 *
 * @param database the database, {@code null} if it was never reached
 * @param state the state of the whole
 * @param writable whether this endpoint may change anything
 * @param running what this process is doing, {@code null} if nothing
 * @param applied the applied migrations in the order of application
 * @param pending the others in the order of their versions
 * @param problems what is wrong, in words
 * @param drift what differs from how the newest run left the schema, {@code null} if it
 * was not looked at or cannot be told
 * @since 0.1.0
 */
public record MigrationsDescriptor(@Nullable DatabaseDescriptor database, String state, boolean writable,
		@Nullable RunningDescriptor running, List<MigrationDescriptor> applied, List<MigrationDescriptor> pending,
		List<String> problems, @Nullable List<DifferenceDescriptor> drift) {

	/**
	 * Describe where a database stands.
	 * @param status the status
	 * @param writable whether who asks may change anything
	 * @return the descriptor
	 */
	public static MigrationsDescriptor of(MigrationStatus status, boolean writable) {
		MigrationStatus.Database database = status.database();
		RunningOperation running = status.running();
		List<String> unreadable = new ArrayList<>();
		List<MigrationDescriptor> applied = describe(status.applied(), unreadable);
		List<MigrationDescriptor> pending = describe(status.pending(), unreadable);
		State state = (unreadable.isEmpty() || running != null) ? status.state() : State.INVALID;
		return new MigrationsDescriptor((database != null) ? DatabaseDescriptor.of(database) : null, state.id(),
				writable, (running != null) ? RunningDescriptor.of(running) : null, applied, pending,
				Stream.concat(status.problems().stream(), unreadable.stream()).toList(), null);
	}

	/**
	 * Applied files are read when they are shown, and one that cannot be hides no other.
	 */
	private static List<MigrationDescriptor> describe(List<MigrationInfo> infos, List<String> unreadable) {
		return infos.stream().map((info) -> {
			try {
				return MigrationDescriptor.of(info);
			}
			catch (InvalidMigrationsException ex) {
				ex.problems().forEach((problem) -> unreadable.add(problem.toString()));
				return MigrationDescriptor.of(info.withoutFile());
			}
		}).toList();
	}

	/**
	 * Return this list with what differs from how the newest run left the schema.
	 * @param drift the differences
	 * @return the list
	 */
	public MigrationsDescriptor with(List<CatalogDifference> drift) {
		return new MigrationsDescriptor(this.database, this.state, this.writable, this.running, this.applied,
				this.pending, this.problems, DifferenceDescriptor.listOf(drift));
	}

	/**
	 * The database that is migrated.
	 *
	 * @param name the name of the database
	 * @param schema the schema of the history table, {@code null} if there is none
	 * @param user the user that migrates
	 * @param version the version of the server
	 * @param host the address of the server, {@code null} for a local socket
	 */
	public record DatabaseDescriptor(String name, @Nullable String schema, String user, String version,
			@Nullable String host) {

		static DatabaseDescriptor of(MigrationStatus.Database database) {
			return new DatabaseDescriptor(database.name(), database.schema(), database.user(), database.version(),
					database.host());
		}

	}

}
