package io.veza.migrations.rehearsal.report;

import java.time.Duration;
import java.util.List;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SectionEffectSummaryTests {

	@Test
	void createdNamesNothingThatBelongsToWhatWasCreated() {
		SectionEffectSummary effects = effects(created("column", "public.users.id", "public.users"),
				created("column order", "public.users", "public.users"), created("function", "public.touch()", null),
				created("owner", "function public.touch()", null),
				created("owner", "table public.users", "public.users"),
				created("table", "public.users", "public.users"));

		assertThat(effects.created()).containsExactly("function public.touch()", "table public.users");
	}

	@Test
	void createdNamesFacetsOfWhatWasThere() {
		SectionEffectSummary effects = effects(created("comment", "table public.users", "public.users"),
				created("column", "public.users.email", "public.users"));

		assertThat(effects.created()).containsExactly("comment table public.users", "column public.users.email");
	}

	@Test
	void changedNamesColumnsBesideTheirOrder() {
		SectionEffectSummary effects = effects(
				new CatalogDifference("column", "public.users.email", "public.users", "text NOT NULL", "text"),
				new CatalogDifference("column order", "public.users", "public.users", "email, id", "id, email"));

		assertThat(effects.changed()).containsExactly("column public.users.email", "column order public.users");
	}

	private static CatalogDifference created(String kind, String identity, String relation) {
		return new CatalogDifference(kind, identity, relation, null, "definition");
	}

	private static SectionEffectSummary effects(CatalogDifference... changes) {
		return new SectionEffectSummary(new RehearsedSection(true, Duration.ZERO, List.of(), List.of(changes), null));
	}

}
