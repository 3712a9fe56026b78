package io.veza.migrations.rehearsal.findings.convention;

import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.FindingSubject;
import io.veza.migrations.rehearsal.findings.MigrationRule;

/**
 * The rule that finds names that PostgreSQL has cut.
 */
public final class TruncatedNameRule implements MigrationRule {

	@Override
	public void check(FindingSubject subject, FindingCollector found) {
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
