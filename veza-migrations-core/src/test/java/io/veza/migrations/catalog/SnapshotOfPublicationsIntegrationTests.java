package io.veza.migrations.catalog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class SnapshotOfPublicationsIntegrationTests {

	@ParameterizedTest
	@CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
			ALTER PUBLICATION news SET (publish = 'insert, delete') => ~ publication news
			ALTER PUBLICATION news SET (publish_via_partition_root = true) => ~ publication news
			ALTER PUBLICATION news ADD TABLE elsewhere => + publication table news: public.elsewhere
			ALTER PUBLICATION news DROP TABLE users => - publication table news: public.users
			COMMENT ON PUBLICATION news IS NULL => - comment publication news
			DROP PUBLICATION every => - owner publication every; - publication every
			""")
	void changeOfPublicationIsNamed(String change, String expected) {
		assertThat(OneOfEverything.changes(change)).containsExactlyInAnyOrder(expected.split("; "));
	}

	@Test
	void columnsAndConditionOfPublishedTableAreNamed() {
		assumeThat(OneOfEverything.serverVersion()).isGreaterThanOrEqualTo(15);

		Snapshot snapshot = OneOfEverything
			.takeAfter("ALTER PUBLICATION news SET TABLE users (name, id) WHERE (id > 7)");

		assertThat(OneOfEverything.snapshot().changes(snapshot))
			.containsExactly("- publication table news: public.events", "~ publication table news: public.users");
		assertThat(snapshot.definition("publication table news: public.users"))
			.isEqualTo("TABLE (id, name) WHERE (id > 7)");
	}

	@Test
	void publishedSchemaIsNamed() {
		assumeThat(OneOfEverything.serverVersion()).isGreaterThanOrEqualTo(15);

		assertThat(OneOfEverything.changes("ALTER PUBLICATION news ADD TABLES IN SCHEMA \"We\"\"ird Näme\""))
			.containsExactly("+ publication schema news: \"We\"\"ird Näme\"");
	}

}
