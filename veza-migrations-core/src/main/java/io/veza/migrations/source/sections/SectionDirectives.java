package io.veza.migrations.source.sections;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.source.text.FileProblemCollector;
import io.veza.migrations.sql.MigrationSection.AcceptedFinding;
import org.jspecify.annotations.Nullable;

/**
 * The {@code -- veza: …} lines of a section.
 */
final class SectionDirectives {

	private static final String KEY = "veza";

	private static final String ACCEPT = "accept";

	private final FileProblemCollector problems;

	private final List<AcceptedFinding> accepted = new ArrayList<>();

	private boolean transactionOff;

	private @Nullable Duration lockTimeout;

	private @Nullable Duration statementTimeout;

	SectionDirectives(FileProblemCollector problems) {
		this.problems = problems;
	}

	static boolean isDirective(@Nullable SectionHeaderLine header) {
		return header != null && header.hasKey(KEY);
	}

	/**
	 * Read a directive.
	 * @param line its line
	 * @param text the directive without its key
	 */
	void add(int line, String text) {
		String[] words = text.split("\\s+", 3);
		String name = text.substring(0, Math.max(0, text.indexOf('='))).strip();
		if (words[0].equals(ACCEPT)) {
			accept(line, text, words);
		}
		else if (!name.isEmpty()) {
			set(line, name, text.substring(text.indexOf('=') + 1).strip());
		}
		else {
			unknown(line, text);
		}
	}

	private void accept(int line, String text, String[] words) {
		if (words.length == 3) {
			this.accepted.add(new AcceptedFinding(words[1], words[2], line));
		}
		else {
			this.problems.add(line, 0, "The directive \"" + text
					+ "\" lacks a finding or a reason. Write \"-- veza: accept <finding> <reason>\".");
		}
	}

	private void set(int line, String name, String value) {
		switch (name) {
			case "transaction" -> {
				if (!"off".equals(value)) {
					this.problems.add(line, 0, "The directive \"transaction\" does not know the value \"" + value
							+ "\". Write \"-- veza: transaction=off\", or remove the line: a section is transactional by default.");
				}
				once(line, name, this.transactionOff);
				this.transactionOff = true;
			}
			case "lock-timeout" -> {
				once(line, name, this.lockTimeout != null);
				this.lockTimeout = timeout(line, name, value);
			}
			case "statement-timeout" -> {
				once(line, name, this.statementTimeout != null);
				this.statementTimeout = timeout(line, name, value);
			}
			default -> unknown(line, name);
		}
	}

	private Duration timeout(int line, String name, String value) {
		Duration timeout = TimeoutDirectiveValue.parse(value).orElse(null);
		if (timeout == null) {
			this.problems.add(line, 0, "The directive \"" + name + "\" does not know the value \"" + value
					+ "\". Write a whole number and a unit (ms, s, min, h, d), such as 500ms or 10min, 0 for no limit, at most 24d.");
			return Duration.ZERO;
		}
		return timeout;
	}

	private void once(int line, String name, boolean given) {
		if (given) {
			this.problems.add(line, 0,
					"The directive \"" + name + "\" stands twice in this section. Remove one of the two lines.");
		}
	}

	private void unknown(int line, String text) {
		this.problems.add(line, 0, "There is no directive \"" + text
				+ "\". The directives are transaction=off, lock-timeout=…, statement-timeout=… and accept <finding> <reason>.");
	}

	boolean transactionOff() {
		return this.transactionOff;
	}

	@Nullable Duration lockTimeout() {
		return this.lockTimeout;
	}

	@Nullable Duration statementTimeout() {
		return this.statementTimeout;
	}

	List<AcceptedFinding> accepted() {
		return this.accepted;
	}

}
