package io.veza.migrations.rehearsal.findings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reads the pages that describe findings, each by a section with an unsafe and a safe
 * example.
 */
public final class DocumentedFindingsReader {

	private static final Pattern SECTION = Pattern.compile("^### `([a-z-]+)`\n(.*?)(?=^##|\\z)",
			Pattern.MULTILINE | Pattern.DOTALL);

	private static final String EXAMPLE = "%s:\n\n```sql\n(.*?)```\n";

	private DocumentedFindingsReader() {
	}

	/**
	 * Read a page.
	 * @param page the page
	 * @return the findings by their code, in the order of the page
	 * @throws IOException if it cannot be read
	 */
	public static Map<String, Documented> read(Path page) throws IOException {
		Map<String, Documented> findings = new LinkedHashMap<>();
		SECTION.matcher(Files.readString(page))
			.results()
			.forEach((section) -> findings.put(section.group(1), documented(section.group(2).strip() + "\n")));
		return findings;
	}

	private static Documented documented(String section) {
		return new Documented(section, example("Unsafe", section), example("Safe", section));
	}

	private static Example example(String label, String section) {
		MatchResult block = Pattern.compile(EXAMPLE.formatted(label), Pattern.DOTALL)
			.matcher(section)
			.results()
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("A section has no example \"" + label + "\": " + section));
		String sql = "\n" + block.group(1);
		int up = sql.indexOf("\n-- UP\n") + 1;
		return new Example(sql.substring(0, up).strip(), Arrays.asList(sql.substring(up).split("-- NEXT\n")));
	}

	/**
	 * What a page says about a finding.
	 *
	 * @param text the whole section
	 * @param unsafe an example that has the finding
	 * @param safe an example that has it not, or accepts it
	 */
	public record Documented(String text, Example unsafe, Example safe) {
	}

	/**
	 * An example.
	 *
	 * @param before the SQL of what was there before, empty if nothing was
	 * @param migrations the content of the migration files, in their order
	 */
	public record Example(String before, List<String> migrations) {

		public Example {
			migrations = List.copyOf(migrations);
		}

	}

}
