package io.veza.migrations.rehearsal.report;

import java.util.List;
import java.util.Locale;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.rehearsal.RehearsalReport;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.effect.RowDifference;
import org.jspecify.annotations.Nullable;

/**
 * A rehearsal in JSON.
 *
 * @param formatVersion the version of this format
 * @param server the version of the server
 * @param database the scratch database
 * @param startedAt when it began
 * @param durationMs how long it took
 * @param prepared the versions that were applied before
 * @param migrations the migrations that were rehearsed
 * @param notRun the versions that were not reached
 * @param summary the numbers
 * @since 0.1.0
 */
public record RehearsalReportDescriptor(int formatVersion, String server, String database, String startedAt,
		Number durationMs, List<String> prepared, List<Rehearsed> migrations, List<String> notRun,
		RehearsalReportSummary.Descriptor summary) {

	/** The format that is written, and the only one that is read. */
	public static final int FORMAT_VERSION = 1;

	/**
	 * Describe a rehearsal.
	 * @param report what it has shown
	 * @return the descriptor
	 */
	public static RehearsalReportDescriptor of(RehearsalReport report) {
		return of(report, ReportDetail.FILE);
	}

	static RehearsalReportDescriptor of(RehearsalReport report, ReportDetail detail) {
		return new RehearsalReportDescriptor(FORMAT_VERSION, report.server(), report.database(),
				report.startedAt().toString(), detail.milliseconds(report.duration()), texts(report.prepared()),
				report.migrations().stream().map((migration) -> Rehearsed.of(migration, detail)).toList(),
				texts(report.notRun()), RehearsalReportSummary.of(report).descriptor());
	}

	private static List<String> texts(List<MigrationVersion> versions) {
		return versions.stream().map(MigrationVersion::text).toList();
	}

	static String word(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * A migration that was rehearsed.
	 *
	 * @param version the version
	 * @param description the description
	 * @param file the file
	 * @param checksum the checksum of the file
	 * @param upChecksum the checksum of the UP
	 * @param downChecksum the checksum of the DOWN
	 * @param reversibility whether the DOWN restores the schema
	 * @param irreversible why there is no way back, {@code null} unless the file says so
	 * @param secondTime how the second UP went
	 * @param kinds the kinds of change
	 * @param up the first UP
	 * @param down the DOWN, {@code null} if it was not run
	 * @param again the second UP, {@code null} if it was not run
	 * @param notRestored what the DOWN has not restored
	 * @param data the rows that UP and DOWN together have changed
	 * @param findings what was found
	 */
	public record Rehearsed(String version, String description, String file, String checksum, String upChecksum,
			String downChecksum, String reversibility, @Nullable String irreversible, String secondTime,
			List<String> kinds, RehearsedSectionDescriptor up, @Nullable RehearsedSectionDescriptor down,
			@Nullable RehearsedSectionDescriptor again, List<CatalogDifferenceDescriptor> notRestored,
			List<ChangedRows> data, List<RehearsalFindingDescriptor> findings) {

		static Rehearsed of(RehearsedMigration rehearsed, ReportDetail detail) {
			Migration migration = rehearsed.migration();
			return new Rehearsed(migration.version().text(), migration.description(), migration.file(),
					migration.checksum().value(), migration.upChecksum().value(), migration.downChecksum().value(),
					rehearsed.reversibility().id(), migration.down().irreversible(), word(rehearsed.secondTime()),
					rehearsed.kinds().stream().map(RehearsalReportDescriptor::word).toList(),
					RehearsedSectionDescriptor.of(rehearsed.up(), detail), section(rehearsed.down(), detail),
					section(rehearsed.again(), detail), CatalogDifferenceDescriptor.listOf(rehearsed.notRestored()),
					rehearsed.data().stream().map(ChangedRows::of).toList(),
					RehearsalFindingDescriptor.listOf(rehearsed.findings()));
		}

		private static @Nullable RehearsedSectionDescriptor section(@Nullable RehearsedSection section,
				ReportDetail detail) {
			return (section != null) ? RehearsedSectionDescriptor.of(section, detail) : null;
		}

	}

	/**
	 * Rows of a table that are not what they were.
	 *
	 * @param table the table
	 * @param gone how many are gone
	 * @param added how many were not there
	 * @param changed how many differ
	 * @param keys the keys of some of them
	 */
	public record ChangedRows(String table, long gone, long added, long changed, List<String> keys) {

		static ChangedRows of(RowDifference difference) {
			return new ChangedRows(difference.table(), difference.gone(), difference.added(), difference.changed(),
					difference.keys());
		}

	}

}
