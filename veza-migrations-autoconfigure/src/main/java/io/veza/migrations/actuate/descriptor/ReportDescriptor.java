package io.veza.migrations.actuate.descriptor;

import java.util.List;

import io.veza.migrations.Backup;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.RollbackVerification;
import org.jspecify.annotations.Nullable;

/**
 * The report of an operation.
 *
 * @param operationId the id of the run in the audit log
 * @param operation what was asked
 * @param migrations what was done, in that order
 * @param warnings what to know after it
 * @param backup what was kept before a rollback, {@code null} for anything else
 * @param verification whether a rollback restored the schema, {@code null} for anything
 * else
 * @since 0.1.0
 */
public record ReportDescriptor(String operationId, String operation, List<MigrationOutcome> migrations,
		List<String> warnings, @Nullable BackupDescriptor backup, @Nullable VerificationDescriptor verification) {

	/**
	 * Describe a report.
	 * @param report the report
	 * @return the descriptor
	 */
	public static ReportDescriptor of(MigrationReport report) {
		Backup backup = report.backup();
		RollbackVerification verification = report.verification();
		return new ReportDescriptor(report.operationId().toString(), report.operation().id(),
				MigrationOutcome.listOf(report), report.warnings(),
				(backup != null) ? BackupDescriptor.of(backup) : null,
				(verification != null) ? VerificationDescriptor.of(verification) : null);
	}

	/**
	 * One migration that was applied, taken back or settled.
	 *
	 * @param version the version
	 * @param description the description
	 * @param durationMs how long it took by the clock of the server
	 */
	public record MigrationOutcome(String version, String description, long durationMs) {

		/**
		 * Describe the migrations of a report.
		 * @param report the report
		 * @return the descriptors, in the same order
		 */
		public static List<MigrationOutcome> listOf(MigrationReport report) {
			return report.migrations()
				.stream()
				.map((done) -> new MigrationOutcome(done.version().text(), done.description(),
						done.duration().toMillis()))
				.toList();
		}

	}

}
