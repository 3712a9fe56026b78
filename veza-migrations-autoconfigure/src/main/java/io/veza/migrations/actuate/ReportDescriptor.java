package io.veza.migrations.actuate;

import java.util.List;

import io.veza.migrations.MigrationReport;

/**
 * What was done.
 *
 * @param operationId the id of the run in the audit log
 * @param operation what was asked
 * @param migrations what was done, in that order
 * @param warnings what to know after it
 * @since 0.1.0
 */
public record ReportDescriptor(String operationId, String operation, List<Outcome> migrations, List<String> warnings) {

	/**
	 * Describe a report.
	 * @param report the report
	 * @return the descriptor
	 */
	public static ReportDescriptor of(MigrationReport report) {
		return new ReportDescriptor(report.operationId().toString(), report.operation().id(), Outcome.listOf(report),
				report.warnings());
	}

	/**
	 * One migration that was applied, taken back or settled.
	 *
	 * @param version the version
	 * @param description the description
	 * @param durationMs how long it took by the clock of the server
	 */
	public record Outcome(String version, String description, long durationMs) {

		static List<Outcome> listOf(MigrationReport report) {
			return report.migrations()
				.stream()
				.map((done) -> new Outcome(done.version().text(), done.description(), done.duration().toMillis()))
				.toList();
		}

	}

}
