package io.veza.migrations.rehearsal.report;

import java.util.List;

import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.sql.SqlFailure;
import org.jspecify.annotations.Nullable;

/**
 * An UP or a DOWN that was run in a rehearsal, in JSON.
 *
 * @param transactional whether its statements shared one transaction
 * @param durationMs how long it took
 * @param statements what its statements did
 * @param changes what it did to the catalogs
 * @param failure why it failed, {@code null} if it did not
 * @since 0.1.0
 */
public record RehearsedSectionDescriptor(boolean transactional, Number durationMs, List<Statement> statements,
		List<CatalogDifferenceDescriptor> changes, @Nullable Failure failure) {

	static RehearsedSectionDescriptor of(RehearsedSection section, ReportDetail detail) {
		SqlFailure failure = section.failure();
		return new RehearsedSectionDescriptor(section.transactional(), detail.milliseconds(section.duration()),
				section.statements().stream().map((statement) -> Statement.of(statement, detail)).toList(),
				CatalogDifferenceDescriptor.listOf(section.changes()), (failure != null) ? Failure.of(failure) : null);
	}

	/**
	 * The effect of a statement.
	 *
	 * @param line the line on which it starts
	 * @param column the column in that line
	 * @param sql its text, at most 2,000 characters of it
	 * @param truncated whether the text is cut
	 * @param durationMs how long the server needed
	 * @param observation {@code observed} or {@code documented}
	 * @param relations what it did to relations
	 */
	public record Statement(int line, int column, String sql, boolean truncated, Number durationMs, String observation,
			List<Relation> relations) {

		static Statement of(StatementEffect effect, ReportDetail detail) {
			String sql = detail.cut(effect.sql());
			return new Statement(effect.line(), effect.column(), sql, sql.length() < effect.sql().length(),
					detail.milliseconds(effect.duration()), RehearsalReportDescriptor.word(effect.observation()),
					effect.relations().stream().map(Relation::of).toList());
		}

	}

	/**
	 * The effect of a statement on a relation.
	 *
	 * @param relation its name
	 * @param kind what it is
	 * @param existed whether it was there before the section
	 * @param lock the strongest lock held after the statement
	 * @param lockTaken whether the statement took it
	 * @param rewritten whether its rows were written into a new file
	 * @param truncated whether it got an empty file
	 * @param scans how often it was read from its first row to its last
	 * @param rowsRead the rows that such scans returned
	 * @param rowsInserted the rows inserted
	 * @param rowsUpdated the rows updated
	 * @param rowsDeleted the rows deleted
	 */
	public record Relation(String relation, String kind, boolean existed, String lock, boolean lockTaken,
			boolean rewritten, boolean truncated, long scans, long rowsRead, long rowsInserted, long rowsUpdated,
			long rowsDeleted) {

		static Relation of(RelationEffect effect) {
			return new Relation(effect.relation(), effect.kind().words(), effect.existed(), effect.lock().words(),
					effect.lockTaken(), effect.rewritten(), effect.truncated(), effect.scans(), effect.rowsRead(),
					effect.rowsInserted(), effect.rowsUpdated(), effect.rowsDeleted());
		}

	}

	/**
	 * Why a section failed.
	 *
	 * @param file the file
	 * @param line the line
	 * @param column the column
	 * @param sourceLine the text of that line
	 * @param sqlState the SQLSTATE
	 * @param message what the server said
	 * @param detail what it added
	 * @param hint its hint
	 * @param context the calls in which it happened
	 * @param advice what to do
	 */
	public record Failure(String file, int line, int column, @Nullable String sourceLine, @Nullable String sqlState,
			String message, @Nullable String detail, @Nullable String hint, @Nullable String context,
			@Nullable String advice) {

		static Failure of(SqlFailure failure) {
			return new Failure(failure.file(), failure.line(), failure.column(), failure.sourceLine(),
					failure.sqlState(), failure.message(), failure.detail(), failure.hint(), failure.context(),
					failure.advice());
		}

	}

}
