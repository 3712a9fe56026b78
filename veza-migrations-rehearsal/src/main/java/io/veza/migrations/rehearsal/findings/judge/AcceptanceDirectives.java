package io.veza.migrations.rehearsal.findings.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.veza.migrations.Migration;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.judge.JudgedFinding.Place;
import io.veza.migrations.sql.MigrationSection.AcceptedFinding;
import org.jspecify.annotations.Nullable;

/**
 * The {@code accept} directives of a file. One in the UP covers what is found in the UP,
 * one in the DOWN what is found in the DOWN, and both cover what is about the whole
 * migration.
 */
final class AcceptanceDirectives {

	private static final String CONSEQUENCE = "Nothing breaks. Whoever reads the file believes that something was looked at and accepted.";

	private final FindingSeverities severities;

	AcceptanceDirectives(FindingSeverities severities) {
		this.severities = severities;
	}

	/**
	 * Apply the directives.
	 * @param rehearsed the migration
	 * @param found what was found in it
	 * @return what was found, accepted where the file says so, and a finding for each
	 * directive without effect
	 */
	List<JudgedFinding> apply(RehearsedMigration rehearsed, List<JudgedFinding> found) {
		Migration migration = rehearsed.migration();
		boolean upFailed = failed(rehearsed.up());
		FindingCollector without = new FindingCollector(migration.file());
		List<JudgedFinding> judged = new ArrayList<>(found);
		apply(migration.up().accepted(), Place.UP, upFailed, judged, without);
		apply(migration.down().accepted(), Place.DOWN, upFailed || failed(rehearsed.down()), judged, without);
		without.all()
			.stream()
			.flatMap((finding) -> this.severities.judge(FindingCode.ACCEPTANCE_WITHOUT_EFFECT, finding, false).stream())
			.map((finding) -> new JudgedFinding(FindingCode.ACCEPTANCE_WITHOUT_EFFECT, Place.MIGRATION, finding))
			.forEach(judged::add);
		return judged;
	}

	private static boolean failed(@Nullable RehearsedSection section) {
		return section != null && section.failure() != null;
	}

	private void apply(List<AcceptedFinding> acceptances, Place section, boolean failed, List<JudgedFinding> judged,
			FindingCollector without) {
		for (AcceptedFinding acceptance : acceptances) {
			boolean covers = judged.stream().anyMatch((finding) -> covers(acceptance, section, finding));
			judged.replaceAll((finding) -> covers(acceptance, section, finding) ? finding.accepted(acceptance.reason())
					: finding);
			if (!covers) {
				why(acceptance, section, failed, judged)
					.ifPresent((text) -> without.add(FindingCode.ACCEPTANCE_WITHOUT_EFFECT, acceptance.line(), text));
			}
		}
	}

	private static boolean covers(AcceptedFinding acceptance, Place section, JudgedFinding finding) {
		return finding.code().id().equals(acceptance.finding()) && finding.place().isCoveredBy(section);
	}

	/** The effects of a section that failed are not known. */
	private Optional<Text> why(AcceptedFinding acceptance, Place section, boolean failed, List<JudgedFinding> judged) {
		String id = acceptance.finding();
		FindingCode code = FindingCode.of(id).orElse(null);
		String accepts = "The %s accepts \"%s\", ".formatted(section.words(), id);
		if (code == null) {
			String nearest = NearestFindingCodes.to(id);
			return text(accepts + "which is no finding. Similar ones are " + nearest + ".",
					"Write a code that exists, or remove the line.");
		}
		if (code == FindingCode.ACCEPTANCE_WITHOUT_EFFECT) {
			return text(accepts + "which cannot be accepted.", "Remove the line, and the one that has no effect.");
		}
		if (this.severities.isOff(code)) {
			return text(accepts + "which is switched off.",
					"Remove the line, or veza.migrations.rehearsal.findings." + id + ".");
		}
		Place other = (section == Place.UP) ? Place.DOWN : Place.UP;
		if (judged.stream().anyMatch((finding) -> covers(acceptance, other, finding))) {
			return text(accepts + "but it was found in the " + other.words() + ".",
					"Move the line to the head of the " + other.words() + ".");
		}
		return failed ? Optional.empty() : text(accepts + "but it was not found.", "Remove the line.");
	}

	private static Optional<Text> text(String message, String rewrite) {
		return Optional.of(new Text(message, CONSEQUENCE, rewrite));
	}

}
