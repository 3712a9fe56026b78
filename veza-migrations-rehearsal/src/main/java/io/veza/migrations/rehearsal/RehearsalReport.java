package io.veza.migrations.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.RehearsalFinding.Severity;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;

/**
 * The result of a rehearsal: each migration with its effects and findings.
 *
 * @param server the version of the server
 * @param database the scratch database
 * @param startedAt when it began
 * @param duration how long it took
 * @param prepared the migrations that were applied before, to have what the others build
 * on
 * @param migrations the migrations that were rehearsed, in their order
 * @param notRun the migrations that were not reached, because one before them cannot be
 * applied
 */
public record RehearsalReport(String server, String database, Instant startedAt, Duration duration,
		List<MigrationVersion> prepared, List<RehearsedMigration> migrations, List<MigrationVersion> notRun) {

	public RehearsalReport {
		prepared = List.copyOf(prepared);
		migrations = List.copyOf(migrations);
		notRun = List.copyOf(notRun);
	}

	/**
	 * Return the findings that are at least so severe and that no file accepts.
	 * @param severity the severity
	 * @return the findings, in the order of the migrations
	 */
	public List<RehearsalFinding> findings(Severity severity) {
		return this.migrations.stream()
			.flatMap((migration) -> migration.findings().stream())
			.filter((finding) -> finding.isAtLeast(severity))
			.toList();
	}

	/**
	 * Return in words what is so severe, and what became of each migration.
	 * @param severity the severity
	 * @return the findings with their place and the way out, and the verdicts
	 */
	String describe(Severity severity) {
		List<RehearsalFinding> findings = findings(severity);
		StringBuilder text = new StringBuilder(
				"The rehearsal has " + findings.size() + " finding(s) of severity " + severity.id() + " or above:");
		findings.forEach((finding) -> text.append("\n\n").append(finding.describe()));
		text.append("\n\nDoes the DOWN restore what the UP has found?");
		this.migrations.forEach((migration) -> text.append("\n  ")
			.append(migration.migration().version())
			.append(' ')
			.append(migration.migration().description())
			.append(": ")
			.append(migration.reversibility().id()));
		this.notRun.forEach((version) -> text.append("\n  ").append(version).append(": not run"));
		return text.toString();
	}

}
