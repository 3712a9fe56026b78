package io.veza.migrations.rehearsal.report;

import java.time.Duration;

/**
 * A degree of detail of the JSON of a rehearsal.
 */
enum ReportDetail {

	/**
	 * The file for machines: whole milliseconds, and the beginning of long statements.
	 */
	FILE(2000) {

		@Override
		Number milliseconds(Duration duration) {
			return duration.toMillis();
		}

	},

	/** The page for people: fractions of milliseconds, and more of long statements. */
	PAGE(10_000) {

		@Override
		Number milliseconds(Duration duration) {
			return duration.toNanos() / 1e6;
		}

	};

	private final int maxSql;

	ReportDetail(int maxSql) {
		this.maxSql = maxSql;
	}

	/**
	 * Return a duration.
	 * @param duration the duration
	 * @return the milliseconds
	 */
	abstract Number milliseconds(Duration duration);

	/**
	 * Return the beginning of a statement.
	 * @param sql the statement
	 * @return its text or the beginning of that
	 */
	String cut(String sql) {
		return LimitedText.cut(sql, this.maxSql);
	}

}
