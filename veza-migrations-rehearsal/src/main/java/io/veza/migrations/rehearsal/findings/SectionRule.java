package io.veza.migrations.rehearsal.findings;

/**
 * A rule that checks a section: an UP or a DOWN.
 */
public interface SectionRule {

	/**
	 * Check it.
	 * @param section what the section did
	 * @param found collects the findings
	 */
	void check(ObservedSection section, FindingCollector found);

}
