package io.veza.migrations.rehearsal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.RehearsalFinding.Severity;
import io.veza.migrations.Reversibility;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The example that the guide calls good for a way back, on the table of the guide.
 */
class GuideExampleIntegrationTests {

	private static final TestDatabase DATABASE = TestDatabase.create();

	@TempDir
	private Path folder;

	@AfterAll
	static void dropDatabase() {
		DATABASE.drop();
	}

	@Test
	void droppedColumnIsNotRestored() throws IOException {
		RehearsedMigration migration = rehearsal().run().migrations().get(1);

		assertThat(migration.reversibility()).isEqualTo(Reversibility.NO);
		assertThat(migration.notRestored()).extracting(CatalogDifference::describe)
			.contains(
					"column public.users.email differs: it was character varying(255) NOT NULL and is character varying(255)",
					"constraint public.users.users_email_key is gone: UNIQUE (email)",
					"index public.idx_users_email is gone: CREATE INDEX idx_users_email ON public.users USING btree (email)")
			.anyMatch((difference) -> difference.startsWith("column order public.users differs"));
	}

	@Test
	void droppedColumnIsAnErrorThatSaysThatTheValuesAreGone() throws IOException {
		RehearsalReport report = rehearsal().run();

		assertThat(report.findings(Severity.ERROR)).extracting(RehearsalFinding::code)
			.containsExactlyInAnyOrder("down-does-not-restore", "column-dropped");
		assertThat(report.findings(Severity.ERROR)).extracting(RehearsalFinding::consequence)
			.anyMatch((text) -> text.contains("the values are gone for good"));
	}

	@Test
	void droppedColumnFailsATestOfTheBuild() throws IOException {
		Rehearsal rehearsal = rehearsal();

		assertThatExceptionOfType(AssertionError.class).isThrownBy(rehearsal::assertClean)
			.withMessageContaining("002_drop_users_email.sql")
			.withMessageContaining("down-does-not-restore");
	}

	@Test
	void rowsOfTheDroppedColumnAreCounted() throws IOException {
		RehearsalReport report = rehearsal().with((options) -> options.withFixtures(rows())).run();

		assertThat(report.migrations().get(1).data()).singleElement()
			.satisfies((difference) -> assertThat(difference.table()).isEqualTo("public.users"))
			.satisfies((difference) -> assertThat(difference.changed()).isEqualTo(2));
	}

	private static Resource rows() {
		return new ByteArrayResource("""
				INSERT INTO users (email, password_hash, first_name, last_name)
				VALUES ('ada@example.org', '-', 'Ada', 'Lovelace'), ('grace@example.org', '-', 'Grace', 'Hopper')"""
			.getBytes(StandardCharsets.UTF_8)) {
			@Override
			public String getFilename() {
				return "001_users.sql";
			}
		};
	}

	private Rehearsal rehearsal() throws IOException {
		String users = Files
			.readString(Path.of("../sample-app/src/main/resources/db/migrations/001_create_users_table.sql"));
		MigrationFolder files = MigrationFolder.in(this.folder)
			.withFile("001_create_users_table.sql", users)
			.with("002_drop_users_email.sql", "ALTER TABLE users DROP COLUMN email;",
					"ALTER TABLE users ADD COLUMN email VARCHAR(255);");
		return Rehearsal.of(DATABASE.dataSource()).locations(files.location());
	}

}
