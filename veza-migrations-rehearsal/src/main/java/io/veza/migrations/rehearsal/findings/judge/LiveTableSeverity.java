package io.veza.migrations.rehearsal.findings.judge;

import java.util.Locale;
import java.util.Optional;

import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.RehearsalFinding.Severity;
import io.veza.migrations.rehearsal.effect.LiveSizeLookup;
import io.veza.migrations.rehearsal.effect.LiveTableSize;

/**
 * The severity of a lock, which is lower if the table is small in the real database. A
 * table without rows that takes much room is not taken for empty: its rows were not
 * counted yet or have just been deleted.
 */
final class LiveTableSeverity {

	private static final long FEW_ROWS = 10_000;

	private static final long FEW_BYTES = 1_000_000;

	private static final String[] UNITS = { "kB", "MB", "GB", "TB" };

	private final LiveSizeLookup sizes;

	LiveTableSeverity(LiveSizeLookup sizes) {
		this.sizes = sizes;
	}

	/**
	 * Return a finding about a lock as severe as it is on the real table.
	 * @param finding the finding
	 * @return the finding, whose message names the size
	 */
	RehearsalFinding judge(RehearsalFinding finding) {
		String relation = finding.relation();
		if (relation == null) {
			return finding;
		}
		Optional<LiveTableSize> size = this.sizes.of(relation);
		if (size.isEmpty()) {
			return said(finding, Severity.ADVICE, "The real database has no \"" + relation + "\": nobody waits.");
		}
		boolean small = size.get().rows() < FEW_ROWS && size.get().bytes() < FEW_BYTES;
		if (small && size.get().rows() == 0) {
			return said(finding, Severity.ADVICE,
					"In the real database \"" + relation + "\" is empty: nobody waits for long.");
		}
		String words = "In the real database \"%s\" has %s".formatted(relation, words(size.get()));
		return small ? said(finding, Severity.WARNING, words + ": nobody waits for long.")
				: said(finding, finding.severity(), words + ".");
	}

	private static RehearsalFinding said(RehearsalFinding finding, Severity most, String reason) {
		Severity severity = (finding.severity().compareTo(most) > 0) ? most : finding.severity();
		return new RehearsalFinding(finding.code(), severity, finding.file(), finding.line(), finding.column(),
				finding.relation(), finding.message() + " " + reason, finding.consequence(), finding.rewrite(),
				finding.accepted());
	}

	private static String words(LiveTableSize size) {
		double amount = size.bytes() / 1000.0;
		int unit = 0;
		while (amount >= 1000 && unit < UNITS.length - 1) {
			amount /= 1000;
			unit++;
		}
		return String.format(Locale.ROOT, "%,d row(s) in %.1f %s", size.rows(), amount, UNITS[unit]);
	}

}
