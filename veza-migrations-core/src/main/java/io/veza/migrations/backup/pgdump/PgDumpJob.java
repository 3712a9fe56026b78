package io.veza.migrations.backup.pgdump;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.veza.migrations.backup.pgdump.PgDumpOptions.Format;
import io.veza.migrations.backup.pgdump.PgDumpTables.Table;
import org.jspecify.annotations.Nullable;

/**
 * A run of {@code pg_dump}, all of whose conditions are met.
 *
 * @param program the program
 * @param restore the program that reads its file again, {@code null} if we do
 * @param login how it reaches the database
 * @param role the role to take on, {@code null} for none
 * @param tables the tables that have to be in the file
 * @param whole whether the whole database is written
 */
record PgDumpJob(PgDumpProgram program, @Nullable Path restore, PgDumpLogin login, @Nullable String role,
		PgDumpTables tables, boolean whole) {

	/** Nobody who holds a table exclusively keeps it for ever. */
	private static final int LOCK_WAIT_MILLIS = 30_000;

	private static final String CONNECT_TIMEOUT_SECONDS = "30";

	/**
	 * Return the command. Who connects and where to is in the environment.
	 * @param format the format of the file
	 * @param file the file
	 * @return the program and its arguments
	 */
	List<String> command(Format format, Path file) {
		List<String> command = new ArrayList<>(List.of(this.program.path().toString(), "--no-password",
				// writes the numbers of the entries
				"--verbose", "--lock-wait-timeout=" + LOCK_WAIT_MILLIS, "--format=" + format.id(), "--file=" + file));
		if (this.role != null) {
			command.add("--role=" + this.role);
		}
		if (!this.whole) {
			command.add("--strict-names");
			this.tables.tables().forEach((table) -> command.add("--table=" + table.name()));
		}
		return command;
	}

	/**
	 * Return the environment of the command.
	 * @return the variables
	 */
	Map<String, String> variables() {
		Map<String, String> variables = new HashMap<>(this.login.variables());
		variables.put("PGAPPNAME", "veza-migrations pg_dump");
		variables.put("PGCONNECT_TIMEOUT", CONNECT_TIMEOUT_SECONDS);
		return variables;
	}

	/**
	 * Return the entries that the file has to have.
	 * @return one for each table
	 */
	Set<String> entries() {
		return this.tables.tables().stream().map(Table::entry).collect(Collectors.toSet());
	}

	/**
	 * Return what is written.
	 * @return words for it
	 */
	String subject() {
		return this.whole ? "the whole database" : "the tables " + names(entries());
	}

	/**
	 * Return the tables that entries stand for.
	 * @param entries the entries
	 * @return their names
	 */
	String names(Set<String> entries) {
		return this.tables.tables()
			.stream()
			.filter((table) -> entries.contains(table.entry()))
			.map((table) -> "\"" + table.name() + "\"")
			.collect(Collectors.joining(", "));
	}

}
