package io.veza.migrations.history;

/**
 * A part of the history tables that an older version, or another runner, may not have
 * created.
 */
public enum HistoryTablePart {

	/** The history table, with the columns of the guide. */
	HISTORY,

	/** The {@code up_checksum} column of the history table. */
	UP_CHECKSUM,

	/** The {@code down_sql} column of the history table. */
	DOWN_SQL,

	/** The events table. */
	EVENTS,

	/** The {@code up_checksum} column of the events table. */
	EVENT_CHECKSUM,

	/** The progress table. */
	PROGRESS,

	/** The columns of the progress table for a statement that is under way. */
	PROGRESS_ATTEMPT,

	/** The tables that record what migrations did to the catalogs. */
	RECORDS

}
