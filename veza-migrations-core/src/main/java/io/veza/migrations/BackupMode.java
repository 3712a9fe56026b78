package io.veza.migrations;

import java.util.Locale;

/**
 * A way to keep data before a rollback destroys it.
 *
 * @since 0.1.0
 */
public enum BackupMode {

	/** The data is copied into a schema of the same database. */
	IN_DATABASE,

	/** The {@code pg_dump} program writes a file. */
	PG_DUMP,

	/** Nothing is kept. */
	NONE;

	/**
	 * Return the word for it in JSON, properties and messages.
	 * @return the lower-case name with hyphens
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
