package io.veza.migrations.rehearsal.findings;

import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.RehearsalFinding.Severity;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.rehearsal.findings.FindingCode.Area;
import org.jspecify.annotations.Nullable;

/**
 * The collector of the findings of one migration.
 */
public final class FindingCollector {

	private final String file;

	private final List<RehearsalFinding> findings = new ArrayList<>();

	/**
	 * Create a new instance.
	 * @param file the migration file as people know it
	 */
	public FindingCollector(String file) {
		this.file = file;
	}

	/**
	 * Take a finding.
	 * @param code its code
	 * @param statement the statement that does it
	 * @param relation the table that it is about, {@code null} if it is about none
	 * @param text what was found, what happens in production, and what to write instead
	 */
	public void add(FindingCode code, StatementEffect statement, @Nullable String relation, Text text) {
		add(code, code.severity(), statement.line(), statement.column(), relation, text);
	}

	/**
	 * Take a finding about a whole line.
	 * @param code its code
	 * @param line the line, from 1
	 * @param text what was found, what happens in production, and what to write instead
	 */
	public void add(FindingCode code, int line, Text text) {
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
	public void add(FindingCode code, Severity severity, int line, int column, @Nullable String relation, Text text) {
		this.findings.add(new RehearsalFinding(code.id(), severity, this.file, line, column, relation, text.message(),
				text.consequence(), text.rewrite(), null));
	}

	/**
	 * Return whether a statement was found to keep others waiting.
	 * @param statement the statement
	 * @return whether it was
	 */
	public boolean hasLock(StatementEffect statement) {
		return this.findings.stream()
			.filter((finding) -> finding.line() == statement.line() && finding.column() == statement.column())
			.flatMap((finding) -> FindingCode.of(finding.code()).stream())
			.anyMatch((code) -> code.area() == Area.LOCK);
	}

	/**
	 * Return what was found.
	 * @return the findings, in the order in which they were found
	 */
	public List<RehearsalFinding> all() {
		return List.copyOf(this.findings);
	}

	/**
	 * The text of a finding.
	 *
	 * @param message what was found, with the names
	 * @param consequence what happens in production
	 * @param rewrite what to write instead: SQL, or a directive
	 */
	public record Text(String message, String consequence, String rewrite) {
	}

}
