package io.veza.migrations.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.veza.migrations.MigrationSection.AcceptedFinding;

/**
 * The {@code -- veza: …} lines of a section.
 */
final class Directives {

	private static final Pattern DIRECTIVE = Pattern.compile("--\\s*veza:\\s*(.*?)\\s*", Pattern.CASE_INSENSITIVE);

	private static final Pattern SETTING = Pattern.compile("([^\\s=]+)\\s*=\\s*(.*)");

	private static final Pattern ACCEPT = Pattern.compile("accept\\s+(\\S+)\\s+(.+)");

	private final FileProblems problems;

	private final List<AcceptedFinding> accepted = new ArrayList<>();

	private boolean transactionOff;

	private @Nullable Duration lockTimeout;

	private @Nullable Duration statementTimeout;

	Directives(FileProblems problems) {
		this.problems = problems;
	}

	static boolean isDirective(String comment) {
		return DIRECTIVE.matcher(comment).matches();
	}

	/**
	 * Take a directive.
	 * @param line where it stands
	 * @param comment the line
	 */
	void add(int line, String comment) {
		Matcher directive = DIRECTIVE.matcher(comment);
		if (!directive.matches()) {
			return;
		}
		String text = directive.group(1);
		Matcher setting = SETTING.matcher(text);
		Matcher accept = ACCEPT.matcher(text);
		if (accept.matches()) {
			this.accepted.add(new AcceptedFinding(accept.group(1), accept.group(2), line));
		}
		else if (text.equals("accept") || text.startsWith("accept ")) {
			this.problems.add(line, 0, "The directive \"" + text
					+ "\" lacks a finding or a reason. Write \"-- veza: accept <finding> <reason>\".");
		}
		else if (setting.matches()) {
			set(line, setting.group(1), setting.group(2));
		}
		else {
			unknown(line, text);
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
		Duration timeout = Timeout.parse(value).orElse(null);
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
