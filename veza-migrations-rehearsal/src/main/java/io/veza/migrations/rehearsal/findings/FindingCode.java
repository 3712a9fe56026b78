package io.veza.migrations.rehearsal.findings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import io.veza.migrations.RehearsalFinding.Severity;

/**
 * The codes of findings, which never change.
 */
public enum FindingCode {

	/** An index was built on a table that others use. */
	INDEX_BLOCKS_WRITES(Severity.ERROR, Area.LOCK),

	/** An index was dropped from a table that others use. */
	INDEX_DROP_BLOCKS_READS(Severity.WARNING, Area.LOCK),

	/** Indexes were built again while others use their table. */
	REINDEX_BLOCKS_WRITES(Severity.ERROR, Area.LOCK),

	/** A check constraint was added and all rows were checked. */
	CHECK_SCANS_TABLE(Severity.ERROR, Area.LOCK),

	/** A foreign key was added and all rows were checked. */
	FOREIGN_KEY_SCANS_TABLES(Severity.ERROR, Area.LOCK),

	/** A primary key, a unique or an exclusion constraint has built its index. */
	CONSTRAINT_BUILDS_INDEX(Severity.ERROR, Area.LOCK),

	/** A column was made {@code NOT NULL} and all rows were checked. */
	NOT_NULL_SCANS_TABLE(Severity.ERROR, Area.LOCK),

	/** A column got another type and all rows were written again. */
	TYPE_CHANGE_REWRITES_TABLE(Severity.ERROR, Area.LOCK),

	/** A column was added with values that had to be written into all rows. */
	NEW_COLUMN_REWRITES_TABLE(Severity.ERROR, Area.LOCK),

	/** All rows were written again for another reason. */
	TABLE_REWRITTEN(Severity.ERROR, Area.LOCK),

	/** A materialized view was refreshed while others read it. */
	REFRESH_BLOCKS_READS(Severity.ERROR, Area.LOCK),

	/** All rows of a table that others use were removed. */
	TABLE_TRUNCATED(Severity.ERROR, Area.LOCK),

	/** A second table was locked while the lock on a first one was held. */
	SECOND_HEAVY_LOCK(Severity.WARNING, Area.LOCK),

	/** Rows were read or written while a lock was held that others wait for. */
	WORK_UNDER_HEAVY_LOCK(Severity.WARNING, Area.LOCK),

	/** A constraint was validated in the transaction that has added it. */
	VALIDATED_IN_SAME_TRANSACTION(Severity.ERROR, Area.LOCK),

	/** A column is gone that the previous release reads. */
	COLUMN_DROPPED(Severity.ERROR, Area.DEPLOYMENT),

	/** A column has another name than the previous release knows. */
	COLUMN_RENAMED(Severity.ERROR, Area.DEPLOYMENT),

	/** A table or view is gone that the previous release reads. */
	TABLE_DROPPED(Severity.ERROR, Area.DEPLOYMENT),

	/** A table or view has another name than the previous release knows. */
	TABLE_RENAMED(Severity.ERROR, Area.DEPLOYMENT),

	/** A column was added that needs a value and has no default. */
	COLUMN_REQUIRED(Severity.ERROR, Area.DEPLOYMENT),

	/** The UP fails. */
	UP_FAILS(Severity.ERROR, Area.REVERSIBILITY),

	/** The DOWN fails. */
	DOWN_FAILS(Severity.ERROR, Area.REVERSIBILITY),

	/** The DOWN leaves another schema than the UP has found. */
	DOWN_DOES_NOT_RESTORE(Severity.ERROR, Area.REVERSIBILITY),

	/** The DOWN leaves the columns in another order. */
	DOWN_CHANGES_COLUMN_ORDER(Severity.ADVICE, Area.REVERSIBILITY),

	/** The DOWN takes nothing back, and does not say so. */
	IRREVERSIBLE_UNSAID(Severity.ERROR, Area.REVERSIBILITY),

	/** The UP fails after the DOWN. */
	UP_FAILS_AGAIN(Severity.ERROR, Area.REVERSIBILITY),

	/** The UP leaves something else after the DOWN than the first time. */
	UP_DIFFERS_AGAIN(Severity.WARNING, Area.REVERSIBILITY),

	/** UP and DOWN together have changed rows. */
	DATA_NOT_RESTORED(Severity.WARNING, Area.REVERSIBILITY),

	/** A statement concerns the whole server. */
	CLUSTER_WIDE_STATEMENT(Severity.ERROR, Area.REVERSIBILITY),

	/** Rows were inserted into a table that is not declared to hold reference data. */
	ROWS_INSERTED(Severity.WARNING, Area.DATA),

	/** Rows were inserted that look like tests. */
	TEST_DATA(Severity.ERROR, Area.DATA),

	/** A name is not in lower case with underscores. */
	NAME_NOT_SNAKE_CASE(Severity.WARNING, Area.CONVENTION),

	/** A name is a reserved word. */
	NAME_RESERVED(Severity.WARNING, Area.CONVENTION),

	/** A name was longer than PostgreSQL allows. */
	NAME_TRUNCATED(Severity.WARNING, Area.CONVENTION),

	/** An index is not called {@code idx_{table}_…}. */
	INDEX_NAME(Severity.WARNING, Area.CONVENTION),

	/** Something unique is not called {@code unique_{table}_…}. */
	UNIQUE_NAME(Severity.WARNING, Area.CONVENTION),

	/** A column holds a time without its zone. */
	TIMESTAMP_WITHOUT_ZONE(Severity.ADVICE, Area.CONVENTION),

	/** A column is a serial. */
	SERIAL_COLUMN(Severity.ADVICE, Area.CONVENTION),

	/** A column is padded with blanks. */
	CHAR_COLUMN(Severity.ADVICE, Area.CONVENTION),

	/** A key can count to two thousand million only. */
	INTEGER_KEY(Severity.ADVICE, Area.CONVENTION),

	/** A file accepts a finding that was not found. */
	ACCEPTANCE_WITHOUT_EFFECT(Severity.WARNING, Area.CONVENTION);

	private final Severity severity;

	private final Area area;

	FindingCode(Severity severity, Area area) {
		this.severity = severity;
		this.area = area;
	}

	/**
	 * Return the code of an id.
	 * @param id the id
	 * @return the code, or empty if there is none
	 */
	public static Optional<FindingCode> of(String id) {
		return Arrays.stream(values()).filter((code) -> code.id().equals(id)).findFirst();
	}

	/**
	 * Return the word for it in files, JSON and messages.
	 * @return the lower-case name with hyphens
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Return how much it matters by default.
	 * @return the severity
	 */
	public Severity severity() {
		return this.severity;
	}

	/**
	 * Return what it is about.
	 * @return the area
	 */
	public Area area() {
		return this.area;
	}

	/**
	 * The area of a finding.
	 */
	public enum Area {

		/**
		 * Sessions that have to wait. They matter the less the smaller the table is, and
		 * less when rolling back.
		 */
		LOCK,

		/** Releases that run beside each other. */
		DEPLOYMENT,

		/** The way back. */
		REVERSIBILITY,

		/** Rows. */
		DATA,

		/** Names, types and directives. */
		CONVENTION

	}

}
