package io.veza.migrations.rehearsal.findings.judge;

import java.util.Map;
import java.util.Optional;

import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.RehearsalFinding.Severity;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCode.Area;
import io.veza.migrations.rehearsal.findings.FindingLevel;
import org.jspecify.annotations.Nullable;

/**
 * The severities of findings: as configured for the code, lower if the table is small,
 * and less again on the way back.
 */
final class FindingSeverities {

	private final Map<String, FindingLevel> configured;

	private final @Nullable LiveTableSeverity live;

	/**
	 * Create a new instance.
	 * @param configured the severity by code where it is not the usual one
	 * @param live knows what the real database holds, {@code null} if that is unknown
	 */
	FindingSeverities(Map<String, FindingLevel> configured, @Nullable LiveTableSeverity live) {
		this.configured = Map.copyOf(configured);
		this.live = live;
	}

	/**
	 * Return whether a code is not looked for.
	 * @param code the code
	 * @return whether it is switched off
	 */
	boolean isOff(FindingCode code) {
		return this.configured.get(code.id()) == FindingLevel.OFF;
	}

	/**
	 * Return a finding as severe as it is.
	 * @param code its code
	 * @param finding the finding
	 * @param down whether it is in the DOWN
	 * @return the finding, or empty if its code is not looked for
	 */
	Optional<RehearsalFinding> judge(FindingCode code, RehearsalFinding finding, boolean down) {
		FindingLevel level = this.configured.getOrDefault(code.id(), FindingLevel.valueOf(finding.severity().name()));
		Optional<RehearsalFinding> leveled = level.severity().map(finding::with);
		if (code.area() != Area.LOCK) {
			return leveled;
		}
		Optional<RehearsalFinding> sized = (this.live != null) ? leveled.map(this.live::judge) : leveled;
		return down ? sized.map((judged) -> judged.with(lower(judged.severity()))) : sized;
	}

	private static Severity lower(Severity severity) {
		return (severity == Severity.ERROR) ? Severity.WARNING : Severity.ADVICE;
	}

}
