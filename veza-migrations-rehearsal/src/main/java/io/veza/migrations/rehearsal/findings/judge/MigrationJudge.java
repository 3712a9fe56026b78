package io.veza.migrations.rehearsal.findings;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.veza.migrations.Finding;
import io.veza.migrations.rehearsal.LiveSizeLookup;
import io.veza.migrations.rehearsal.RehearsalOptions;
import io.veza.migrations.rehearsal.RehearsedMigration;
import io.veza.migrations.rehearsal.RehearsedSection;
import io.veza.migrations.rehearsal.findings.FindingCode.Area;
import io.veza.migrations.rehearsal.findings.JudgedFinding.Place;

/**
 * Finds what is to be said about a migration that was rehearsed, and says how much it
 * matters.
 */
public final class Findings {

	private static final Comparator<Finding> ORDER = Comparator
		.comparing((Finding finding) -> finding.accepted() != null)
		.thenComparing(Finding::severity, Comparator.reverseOrder())
		.thenComparingInt(Finding::line);

	private final Rules rules;

	private final Severities severities;

	private final Acceptances acceptances;

	/**
	 * Create a new instance.
	 * @param options the severities that are configured
	 * @param sizes how large the tables of the real database are, {@code null} if that is
	 * unknown
	 */
	public Findings(RehearsalOptions options, @Nullable LiveSizeLookup sizes) {
		this(Rules.all(), options, sizes);
	}

	Findings(Rules rules, RehearsalOptions options, @Nullable LiveSizeLookup sizes) {
		this.rules = rules;
		this.severities = new Severities(options.severities(), (sizes != null) ? new LiveSeverity(sizes) : null);
		this.acceptances = new Acceptances(this.severities);
	}

	/**
	 * Return what is to be said about a migration.
	 * @param subject the migration
	 * @return the findings: those that no file accepts come first, then the most severe
	 * ones, then those that stand first in the file
	 */
	public List<Finding> of(FindingSubject subject) {
		RehearsedMigration rehearsed = subject.rehearsed();
		List<JudgedFinding> judged = this.rules.look(subject)
			.stream()
			.flatMap((finding) -> judge(finding, rehearsed.down()).stream())
			.toList();
		return this.acceptances.apply(rehearsed, judged).stream().map(JudgedFinding::finding).sorted(ORDER).toList();
	}

	private Optional<JudgedFinding> judge(Finding finding, @Nullable RehearsedSection down) {
		FindingCode code = FindingCode.of(finding.code()).orElseThrow();
		Place place = place(code, finding, down);
		return this.severities.judge(code, finding, place == Place.DOWN)
			.map((judged) -> new JudgedFinding(code, place, judged));
	}

	/** The DOWN stands below the UP. */
	private static Place place(FindingCode code, Finding finding, @Nullable RehearsedSection down) {
		if (code.area() == Area.REVERSIBILITY) {
			return Place.MIGRATION;
		}
		boolean below = down != null && !down.statements().isEmpty()
				&& finding.line() >= down.statements().get(0).line();
		return below ? Place.DOWN : Place.UP;
	}

}
