package io.veza.migrations.rehearsal.findings;

/**
 * A rule that checks a rehearsed migration as a whole.
 */
public interface MigrationRule {

	/**
	 * Check it.
	 * @param subject the migration and what was seen
	 * @param found collects the findings
	 */
	void check(FindingSubject subject, FindingCollector found);

}
