package io.veza.migrations.rehearsal.findings;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.veza.migrations.Finding;
import io.veza.migrations.Finding.Severity;
import io.veza.migrations.rehearsal.StatementEffect;
import io.veza.migrations.rehearsal.findings.FindingCode.Area;

/**
 * Collects what is found in a migration.
 */
final class Found {

	private final String file;

	private final List<Finding> findings = new ArrayList<>();

	/**
	 * Create a new instance.
	 * @param file the migration file as people know it
	 */
	Found(String file) {
		this.file = file;
	}

	/**
	 * Take a finding.
	 * @param code its code
	 * @param statement the statement that does it
	 * @param relation the table that it is about, {@code null} if it is about none
	 * @param text what was found, what happens in production, and what to write instead
	 */
	void add(FindingCode code, StatementEffect statement, @Nullable String relation, Text text) {
		add(code, code.severity(), statement.line(), statement.column(), relation, text);
	}

	/**
	 * Take a finding about a whole line.
	 * @param code its code
	 * @param line the line, from 1
	 * @param text what was found, what happens in production, and what to write instead
	 */
	void add(FindingCode code, int line, Text text) {
		add(code, code.severity(), line, 1, null, text);
	}

	/**
	 * Take a finding.
	 * @param code its code
	 * @param severity how much it matters
	 * @param line the line, from 1
	 * @param column the column, from 1
	 * @param relation the table that it is about, {@code null} if it is about none
	 * @param text what was found, what happens in production, and what to write instead
	 */
	void add(FindingCode code, Severity severity, int line, int column, @Nullable String relation, Text text) {
		this.findings.add(new Finding(code.id(), severity, this.file, line, column, relation, text.message(),
				text.consequence(), text.rewrite(), null));
	}

	/**
	 * Return whether a statement was found to keep others waiting.
	 * @param statement the statement
	 * @return whether it was
	 */
	boolean hasLock(StatementEffect statement) {
		return this.findings.stream()
			.filter((finding) -> finding.line() == statement.line() && finding.column() == statement.column())
			.flatMap((finding) -> FindingCode.of(finding.code()).stream())
			.anyMatch((code) -> code.area() == Area.LOCK);
	}

	/**
	 * Return what was found.
	 * @return the findings, in the order in which they were found
	 */
	List<Finding> all() {
		return List.copyOf(this.findings);
	}

	/**
	 * The text of a finding.
	 *
	 * @param message what was found, with the names
	 * @param consequence what happens in production
	 * @param rewrite what to write instead: SQL, or a directive
	 */
	record Text(String message, String consequence, String rewrite) {
	}

}
