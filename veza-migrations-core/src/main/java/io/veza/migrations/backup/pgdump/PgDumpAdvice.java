package io.veza.migrations.backup.pgdump;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says what to do about an error of {@code pg_dump}.
 */
final class PgDumpAdvice {

	private static final Pattern PREFIX = Pattern.compile("(pg_dump|pg_restore): (?:error: )?");

	private static final Pattern SPACE = Pattern.compile("\\s+");

	private static final int LONGEST = 1000;

	private static final Map<Pattern, String> KNOWN = Map.of(Pattern.compile("No space left on device"),
			"Free some space, or set veza.migrations.backup.directory to another disk.",
			Pattern.compile("permission denied for"),
			"Give the user that migrates the right to read it, set veza.migrations.role to a role that has it, "
					+ "or choose another veza.migrations.backup.mode.",
			Pattern.compile("row-level security"),
			"Let an owner of the table without FORCE ROW LEVEL SECURITY or a user with BYPASSRLS migrate, "
					+ "or choose another veza.migrations.backup.mode.",
			Pattern.compile("lock timeout"), "Wait for the session that holds the lock, or end it, then start again.",
			Pattern.compile("no password supplied|password authentication failed"),
			"Set veza.migrations.url, username and password, "
					+ "or give this process PGPASSWORD or a password file that pg_dump reads.");

	private PgDumpAdvice() {
	}

	static String of(String errors) {
		Optional<String> known = KNOWN.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().matcher(errors).find())
			.map(Map.Entry::getValue)
			.findFirst();
		return known.orElse("Correct that, or choose another veza.migrations.backup.mode.");
	}

	/**
	 * Return what the program said, fit for a sentence.
	 * @param errors what it wrote
	 * @return the text on one line
	 */
	static String quote(String errors) {
		String line = SPACE.matcher(PREFIX.matcher(errors).replaceAll("")).replaceAll(" ").strip();
		return "\"" + ((line.length() > LONGEST) ? line.substring(0, LONGEST) + "…" : line) + "\"";
	}

}
