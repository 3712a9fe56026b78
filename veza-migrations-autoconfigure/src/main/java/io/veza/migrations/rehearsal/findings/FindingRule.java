package io.veza.migrations.rehearsal.findings;

/**
 * Something to look for in what a migration did.
 */
interface FindingRule {

	/**
	 * Look for it.
	 * @param subject the migration and what was seen
	 * @param found takes what is found
	 */
	void look(FindingSubject subject, Found found);

}
