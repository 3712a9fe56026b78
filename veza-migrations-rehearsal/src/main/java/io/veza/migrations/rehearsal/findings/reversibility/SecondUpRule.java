package io.veza.migrations.rehearsal.findings.reversibility;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.effect.RehearsedMigration.SecondTime;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.findings.FilePosition;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.FindingSubject;
import io.veza.migrations.rehearsal.findings.MigrationRule;
import org.jspecify.annotations.Nullable;

/**
 * The rule that finds migrations whose UP leaves something else after the DOWN than the
 * first time.
 */
public final class SecondUpRule implements MigrationRule {

	@Override
	public void check(FindingSubject subject, FindingCollector found) {
		RehearsedMigration rehearsed = subject.rehearsed();
		if (rehearsed.secondTime() != SecondTime.DIFFERENT) {
			return;
		}
		FilePosition place = FilePosition.first(rehearsed.up());
		List<CatalogDifference> differences = differences(rehearsed);
		String shown = differences.isEmpty() ? "." : ":" + CatalogDifferenceText.describe(differences);
		found.add(FindingCode.UP_DIFFERS_AGAIN, FindingCode.UP_DIFFERS_AGAIN.severity(), place.line(), place.column(),
				null,
				new Text("The UP leaves something else after the DOWN than the first time" + shown,
						"A database that was rolled back and migrated again is not like one that was migrated once.",
						"-- Take all of the UP back in the DOWN, and let the UP do the same whatever it finds: without IF NOT EXISTS and OR REPLACE."));
	}

	/**
	 * What was there after the first UP is what it left, or else what the DOWN found;
	 * what was there after the second UP is what it left, or else what the DOWN left.
	 */
	private static List<CatalogDifference> differences(RehearsedMigration rehearsed) {
		Map<List<String>, CatalogDifference> first = changes(rehearsed.up());
		Map<List<String>, CatalogDifference> down = changes(rehearsed.down());
		Map<List<String>, CatalogDifference> second = changes(rehearsed.again());
		return Stream.of(first, down, second)
			.flatMap((changes) -> changes.keySet().stream())
			.distinct()
			.map((key) -> compare(first.get(key), down.get(key), second.get(key)))
			.filter((difference) -> !Objects.equals(difference.before(), difference.after()))
			.toList();
	}

	private static CatalogDifference compare(@Nullable CatalogDifference first, @Nullable CatalogDifference down,
			@Nullable CatalogDifference second) {
		CatalogDifference any = Stream.of(Stream.ofNullable(first), Stream.ofNullable(down), Stream.ofNullable(second))
			.flatMap((changes) -> changes)
			.findFirst()
			.orElseThrow();
		String before = (first != null) ? first.after() : any.before();
		CatalogDifference last = (second != null) ? second : (down != null) ? down : any;
		return new CatalogDifference(any.kind(), any.identity(), any.relation(), before, last.after());
	}

	private static Map<List<String>, CatalogDifference> changes(@Nullable RehearsedSection section) {
		Map<List<String>, CatalogDifference> changes = new LinkedHashMap<>();
		if (section != null) {
			section.changes().forEach((change) -> changes.put(List.of(change.kind(), change.identity()), change));
		}
		return changes;
	}

}
