package io.veza.migrations.rehearsal.findings;

import java.util.List;

import io.veza.migrations.rehearsal.findings.FindingCollector.Text;

/**
 * A rule that checks the change of one table by one statement.
 */
public interface TableRule {

	/**
	 * Return the code of what it finds.
	 * @return the code
	 */
	FindingCode code();

	/**
	 * Check it.
	 * @param change what happened to the table
	 * @return a text for each time that it is found
	 */
	List<Text> check(TableChange change);

}
