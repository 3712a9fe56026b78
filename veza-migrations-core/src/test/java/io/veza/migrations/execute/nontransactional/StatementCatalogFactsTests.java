package io.veza.migrations.execute.nontransactional;

import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatementCatalogFactsTests {

	@Test
	void parseReadsWhatWasKept() {
		StatementCatalogFacts facts = new StatementCatalogFacts().with("index", "public.\"a=b\"")
			.with("indexes", Set.of(7L))
			.with("table", (String) null);

		StatementCatalogFacts parsed = StatementCatalogFacts.parse(facts.toString());

		assertThat(parsed.get("index")).isEqualTo("public.\"a=b\"");
		assertThat(parsed.oids("indexes")).containsExactly(7L);
		assertThat(parsed.has("table")).isFalse();
	}

	@Test
	void oidsOfNothingAreNone() {
		assertThat(StatementCatalogFacts.parse("indexes=").oids("indexes")).isEmpty();
		assertThat(StatementCatalogFacts.parse("").oids("indexes")).isEmpty();
	}

}
