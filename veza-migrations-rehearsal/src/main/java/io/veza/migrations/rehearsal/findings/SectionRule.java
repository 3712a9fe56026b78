package io.veza.migrations.rehearsal.findings;

/**
 * Something to look for in what an UP or a DOWN did.
 */
interface SectionRule {

	/**
	 * Look for it.
	 * @param section what the section did
	 * @param found takes what is found
	 */
	void look(SectionEffects section, Found found);

}
