package io.veza.migrations.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.veza.migrations.Migration;
import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.testsupport.MigrationFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Files that are read while the application starts.
 */
class PrefetchingMigrationSourceTests {

	private MigrationFolder folder;

	private ResourceMigrationSource source;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path).with("1_a.sql", "SELECT 1;", "SELECT 1;");
		this.source = new ResourceMigrationSource(new PathMatchingResourcePatternResolver(),
				List.of(this.folder.location()));
	}

	@Test
	void firstLoadReturnsWhatWasReadAndLaterOnesReadAgain() {
		PrefetchingMigrationSource early = PrefetchingMigrationSource.of(this.source,
				PrefetchingMigrationSourceTests::inAnotherThread);

		assertThat(early.load()).hasSize(1);
		this.folder.with("2_b.sql", "SELECT 2;", "SELECT 2;");
		assertThat(early.load()).hasSize(2);
	}

	@Test
	void whatIsWrongIsToldWhenTheFilesAreAskedFor() {
		this.folder.withFile("2_bad.sql", "SELECT 1;");

		PrefetchingMigrationSource early = PrefetchingMigrationSource.of(this.source,
				PrefetchingMigrationSourceTests::inAnotherThread);

		assertThatExceptionOfType(InvalidMigrationsException.class).isThrownBy(early::load)
			.withMessageContaining("2_bad.sql");
		this.folder.without("2_bad.sql");
		assertThat(early.load()).hasSize(1);
	}

	@Test
	void firstLoadLeavesAppliedFilesUnread() {
		Checksum applied = this.source.load().get(0).checksum();
		PrefetchingMigrationSource early = PrefetchingMigrationSource.of(this.source,
				PrefetchingMigrationSourceTests::inAnotherThread);

		Migration migration = early.load(Set.of(applied)).get(0);

		this.folder.without("1_a.sql");
		assertThatExceptionOfType(InvalidMigrationsException.class).isThrownBy(migration::up);
	}

	@Test
	void storedDownIsReadByTheSource() {
		assertThat(PrefetchingMigrationSource.of(this.source, PrefetchingMigrationSourceTests::inAnotherThread)
			.parseDown("DROP TABLE a;", "stored")
			.statementCount()).isOne();
	}

	private static void inAnotherThread(Runnable task) {
		new Thread(task, "early").start();
	}

}
