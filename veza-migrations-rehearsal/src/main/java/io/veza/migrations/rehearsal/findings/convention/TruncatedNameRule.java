package io.veza.migrations.rehearsal.findings;

import io.veza.migrations.rehearsal.StatementEffect;
import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Finds names that PostgreSQL has cut.
 */
final class TruncatedNameRule implements FindingRule {

	@Override
	public void look(FindingSubject subject, Found found) {
		for (StatementEffect statement : subject.rehearsed().up().statements()) {
			for (String notice : statement.truncatedNames()) {
				found.add(FindingCode.NAME_TRUNCATED, statement, null, new Text(
						"A name has more than the 63 bytes that PostgreSQL keeps: %s.".formatted(notice),
						"The object has another name than the file says, and two long names that begin alike are the same one.",
						"-- Write a name of at most 63 bytes."));
			}
		}
	}

}
