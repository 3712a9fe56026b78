package io.veza.migrations.rehearsal.findings;

import java.util.List;

import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Something to look for in what one statement did to one table.
 */
interface TableRule {

	/**
	 * Return the code of what it finds.
	 * @return the code
	 */
	FindingCode code();

	/**
	 * Look for it.
	 * @param change what happened to the table
	 * @return a text for each time that it is found
	 */
	List<Text> look(TableChange change);

}
