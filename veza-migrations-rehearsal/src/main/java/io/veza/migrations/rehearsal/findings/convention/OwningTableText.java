package io.veza.migrations.rehearsal.findings.convention;

import io.veza.migrations.rehearsal.effect.CreatedObject;

/**
 * The words that name the table of an object.
 */
final class OwningTableText {

	private OwningTableText() {
	}

	/**
	 * Return the words behind the name of an object.
	 * @param object the object
	 * @return the words, which begin with a blank, or an empty text if it belongs to none
	 */
	static String of(CreatedObject object) {
		boolean own = object.relation() == null || object.relation().equals(object.identity());
		return own ? "" : " of \"" + object.relation() + '"';
	}

}
