package io.veza.migrations;

import java.util.Locale;

/**
 * The state of a migration in a database.
 *
 * @since 0.1.0
 */
public enum MigrationState {

	/** In the files, not applied. */
	PENDING,

	/** Applied, as in its file. */
	APPLIED,

	/** Being applied or rolled back now. */
	RUNNING,

	/** Non-transactional and stopped half-way; the next run resumes it. */
	FAILED,

	/** Applied, and its UP differs from the file. */
	CHANGED,

	/** Applied, and not in the files. */
	MISSING,

	/** Pending, and older than the newest applied one. */
	OUT_OF_ORDER,

	/** Pending, because it was rolled back and not released since. */
	HELD;

	/**
	 * Return the word for it in JSON and messages.
	 * @return the lower-case name with hyphens
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
