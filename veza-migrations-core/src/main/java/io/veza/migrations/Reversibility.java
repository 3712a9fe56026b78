package io.veza.migrations;

import java.util.Locale;

/**
 * The degree to which the DOWN of a migration restores the schema that was there before
 * its UP. A DOWN that is declared irreversible counts as one that does nothing.
 *
 * @since 0.1.0
 */
public enum Reversibility {

	/** Exactly. */
	EXACT,

	/** Only the order of columns differs. */
	EXCEPT_COLUMN_ORDER,

	/** Only white space in the bodies of functions differs. */
	EXCEPT_WHITE_SPACE,

	/** Something differs. */
	NO,

	/** The DOWN fails. */
	DOWN_FAILED,

	/** The UP fails, so that nothing is known of the DOWN. */
	UP_FAILED;

	/**
	 * Return the word for it in JSON and messages.
	 * @return the lower-case name with hyphens
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
