package io.veza.migrations.rehearsal.findings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.rehearsal.RehearsedMigration;
import io.veza.migrations.rehearsal.RehearsedMigration.SecondTime;
import io.veza.migrations.rehearsal.RehearsedSection;
import io.veza.migrations.rehearsal.findings.Found.Text;
import org.jspecify.annotations.Nullable;

/**
 * Finds migrations whose UP leaves something else after the DOWN than the first time.
 */
final class SecondUpRule implements FindingRule {

	@Override
	public void look(FindingSubject subject, Found found) {
		RehearsedMigration rehearsed = subject.rehearsed();
		if (rehearsed.secondTime() != SecondTime.DIFFERENT) {
			return;
		}
		FilePlace place = FilePlace.first(rehearsed.up());
		List<CatalogDifference> differences = differences(rehearsed);
		String shown = differences.isEmpty() ? "." : ":" + Differences.describe(differences);
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
