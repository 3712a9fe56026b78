package io.veza.migrations.rehearsal.findings.judge;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.rehearsal.effect.LiveSizeLookup;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCode.Area;
import io.veza.migrations.rehearsal.findings.FindingLevel;
import io.veza.migrations.rehearsal.findings.FindingSubject;
import io.veza.migrations.rehearsal.findings.judge.JudgedFinding.Place;
import org.jspecify.annotations.Nullable;

/**
 * The judge of a rehearsed migration: applies the rules, the severities and what the file
 * accepts.
 */
public final class MigrationJudge {

	private static final Comparator<RehearsalFinding> ORDER = Comparator
		.comparing((RehearsalFinding finding) -> finding.accepted() != null)
		.thenComparing(RehearsalFinding::severity, Comparator.reverseOrder())
		.thenComparingInt(RehearsalFinding::line);

	private final FindingRules rules;

	private final FindingSeverities severities;

	private final AcceptanceDirectives acceptances;

	/**
	 * Create a new instance.
	 * @param severities the severity of findings by their code where it is not the usual
	 * one
	 * @param sizes how large the tables of the real database are, {@code null} if that is
	 * unknown
	 */
	public MigrationJudge(Map<String, FindingLevel> severities, @Nullable LiveSizeLookup sizes) {
		this(FindingRules.all(), severities, sizes);
	}

	MigrationJudge(FindingRules rules, Map<String, FindingLevel> severities, @Nullable LiveSizeLookup sizes) {
		this.rules = rules;
		this.severities = new FindingSeverities(severities, (sizes != null) ? new LiveTableSeverity(sizes) : null);
		this.acceptances = new AcceptanceDirectives(this.severities);
	}

	/**
	 * Return what is to be said about a migration.
	 * @param subject the migration
	 * @return the findings: those that no file accepts come first, then the most severe
	 * ones, then those that stand first in the file
	 */
	public List<RehearsalFinding> of(FindingSubject subject) {
		RehearsedMigration rehearsed = subject.rehearsed();
		List<JudgedFinding> judged = this.rules.check(subject)
			.stream()
			.flatMap((finding) -> judge(finding, rehearsed.down()).stream())
			.toList();
		return this.acceptances.apply(rehearsed, judged).stream().map(JudgedFinding::finding).sorted(ORDER).toList();
	}

	private Optional<JudgedFinding> judge(RehearsalFinding finding, @Nullable RehearsedSection down) {
		FindingCode code = FindingCode.of(finding.code()).orElseThrow();
		Place place = place(code, finding, down);
		return this.severities.judge(code, finding, place == Place.DOWN)
			.map((judged) -> new JudgedFinding(code, place, judged));
	}

	/** The DOWN stands below the UP. */
	private static Place place(FindingCode code, RehearsalFinding finding, @Nullable RehearsedSection down) {
		if (code.area() == Area.REVERSIBILITY) {
			return Place.MIGRATION;
		}
		boolean below = down != null && !down.statements().isEmpty()
				&& finding.line() >= down.statements().get(0).line();
		return below ? Place.DOWN : Place.UP;
	}

}
