package io.veza.migrations.rehearsal.report;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.RehearsalFinding.Severity;
import io.veza.migrations.Reversibility;
import io.veza.migrations.rehearsal.RehearsalReport;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;

/**
 * The numbers of a rehearsal: verdicts and findings.
 *
 * @param migrations how many migrations were rehearsed
 * @param irreversible how many of them say that there is no way back
 * @param verdicts how many of each verdict that there is, without those
 * @param findings how many of each severity, without those that are accepted
 * @param accepted how many findings the files accept
 */
public record RehearsalReportSummary(int migrations, int irreversible, Map<Reversibility, Integer> verdicts,
		Map<Severity, Integer> findings, int accepted) {

	/**
	 * Count what a rehearsal has shown.
	 * @param report the report
	 * @return the numbers
	 */
	public static RehearsalReportSummary of(RehearsalReport report) {
		Map<Reversibility, Integer> verdicts = new EnumMap<>(Reversibility.class);
		Map<Severity, Integer> findings = new EnumMap<>(Severity.class);
		int accepted = 0;
		int irreversible = 0;
		for (RehearsedMigration migration : report.migrations()) {
			if (migration.migration().reversible()) {
				verdicts.merge(migration.reversibility(), 1, Integer::sum);
			}
			else {
				irreversible++;
			}
			for (RehearsalFinding finding : migration.findings()) {
				if (finding.accepted() != null) {
					accepted++;
				}
				else {
					findings.merge(finding.severity(), 1, Integer::sum);
				}
			}
		}
		return new RehearsalReportSummary(report.migrations().size(), irreversible, verdicts, findings, accepted);
	}

	/**
	 * Return how many findings are so severe.
	 * @param severity the severity
	 * @return the number
	 */
	public int count(Severity severity) {
		return this.findings.getOrDefault(severity, 0);
	}

	/**
	 * Return how many migrations have a verdict.
	 * @param verdict the verdict
	 * @return the number
	 */
	public int count(Reversibility verdict) {
		return this.verdicts.getOrDefault(verdict, 0);
	}

	/**
	 * Return the numbers as they stand in JSON.
	 * @return the descriptor
	 */
	Descriptor descriptor() {
		Map<String, Integer> byVerdict = new LinkedHashMap<>();
		for (Reversibility verdict : Reversibility.values()) {
			byVerdict.put(verdict.id(), count(verdict));
		}
		return new Descriptor(this.migrations, this.irreversible, byVerdict, count(Severity.ERROR),
				count(Severity.WARNING), count(Severity.ADVICE), this.accepted);
	}

	/**
	 * The numbers in JSON.
	 *
	 * @param migrations how many migrations were rehearsed
	 * @param irreversible how many of them say that there is no way back
	 * @param reversibility how many of each verdict, without those
	 * @param errors how many findings of the highest severity
	 * @param warnings how many findings to be settled or accepted
	 * @param advice how many findings that are worth knowing
	 * @param accepted how many findings the files accept
	 */
	public record Descriptor(int migrations, int irreversible, Map<String, Integer> reversibility, int errors,
			int warnings, int advice, int accepted) {
	}

}
