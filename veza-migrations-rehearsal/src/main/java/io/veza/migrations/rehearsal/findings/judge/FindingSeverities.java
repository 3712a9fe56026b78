package io.veza.migrations.rehearsal.findings;

import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.veza.migrations.Finding;
import io.veza.migrations.Finding.Severity;
import io.veza.migrations.rehearsal.FindingLevel;
import io.veza.migrations.rehearsal.findings.FindingCode.Area;

/**
 * Says how much a finding matters: what is configured for its code, less if the table is
 * small, and less again on the way back.
 */
final class Severities {

	private final Map<String, FindingLevel> configured;

	private final @Nullable LiveSeverity live;

	/**
	 * Create a new instance.
	 * @param configured the severity by code where it is not the usual one
	 * @param live knows what the real database holds, {@code null} if that is unknown
	 */
	Severities(Map<String, FindingLevel> configured, @Nullable LiveSeverity live) {
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
	Optional<Finding> judge(FindingCode code, Finding finding, boolean down) {
		FindingLevel level = this.configured.getOrDefault(code.id(), FindingLevel.valueOf(finding.severity().name()));
		Optional<Finding> leveled = level.severity().map(finding::with);
		if (code.area() != Area.LOCK) {
			return leveled;
		}
		Optional<Finding> sized = (this.live != null) ? leveled.map(this.live::judge) : leveled;
		return down ? sized.map((judged) -> judged.with(lower(judged.severity()))) : sized;
	}

	private static Severity lower(Severity severity) {
		return (severity == Severity.ERROR) ? Severity.WARNING : Severity.ADVICE;
	}

}
