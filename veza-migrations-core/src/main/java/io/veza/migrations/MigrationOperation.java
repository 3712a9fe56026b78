package io.veza.migrations;

import java.util.Locale;

/**
 * An operation of the migrator.
 *
 * @since 0.1.0
 */
public enum MigrationOperation {

	/** Run the UP of every pending migration. */
	MIGRATE,

	/** Run the DOWN of the latest migrations. */
	ROLLBACK,

	/** Settle what planning refuses. */
	REPAIR,

	/** Record migrations as applied without running them. */
	BASELINE,

	/** Bring back what a rollback destroyed. */
	RESTORE;

	/**
	 * Return the word for it in JSON, tables and messages.
	 * @return the lower-case name
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

}
