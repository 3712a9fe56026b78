package io.veza.migrations.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.veza.migrations.Migration;
import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.failure.InvalidMigrationsException.FileProblem;
import io.veza.migrations.source.sections.TestContent;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.MigrationSection;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.SqlStatement.Kind;
import io.veza.migrations.sql.StatementReader;
import io.veza.migrations.testsupport.MigrationFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ResourceMigrationSourceTests {

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path);
	}

	@Test
	void loadReturnsMigrationsInTheOrderOfTheirVersions() {
		for (String name : List.of("10_ten.sql", "9_nine.sql", "sub/1.10_b.sql", "1.9_a.sql", "002_two.sql")) {
			this.folder.with(name, "SELECT 1;", "SELECT 2;");
		}

		assertThat(source().load()).extracting(Migration::description).containsExactly("a", "b", "two", "nine", "ten");
	}

	@Test
	void loadReadsAMigration() {
		this.folder.with("001_create_users.sql", "-- Author: me\nSELECT 1;", "SELECT 2;");

		Migration migration = source().load().get(0);
		assertThat(migration.version().text()).isEqualTo("001");
		assertThat(migration.file()).isEqualTo(this.folder.path() + "/001_create_users.sql");
		assertThat(migration.author()).isEqualTo("me");
		assertThat(migration.checksum().value())
			.isEqualTo("41f5844948bb0fa9487c320ef1eed87bbdcc75353ca1ff3e6590e57afe2d2e2a");
		assertThat(TestContent.statements(migration.down().script()))
			.containsExactly(new SqlStatement("SELECT 2", 6, 1, Kind.QUERY));
	}

	@Test
	void appliedFileHoldsWhatACheckedOneHolds() {
		this.folder.with("001_a.sql", "-- Author: me\nSELECT 1;", "SELECT 2;");
		Migration checked = source().load().get(0);

		Migration applied = source().load(Set.of(checked.checksum())).get(0);

		assertThat(applied).isEqualTo(checked);
		assertThat(applied.upChecksum()).isEqualTo(checked.upChecksum());
		assertThat(applied.downChecksum()).isEqualTo(checked.downChecksum());
		assertThat(applied.up()).isEqualTo(checked.up());
	}

	@Test
	void onlyFilesThatAreNotAppliedAreChecked() {
		this.folder.with("001_a.sql", "SELECT 1;", "SELECT 2;");
		Checksum applied = source().load().get(0).checksum();
		this.folder.withFile("002_b.sql", "SELECT 1;");

		assertThatExceptionOfType(InvalidMigrationsException.class).isThrownBy(() -> source().load(Set.of(applied)))
			.satisfies((ex) -> assertThat(ex.problems()).isNotEmpty()
				.allSatisfy((problem) -> assertThat(problem.file()).endsWith("002_b.sql")));
	}

	@Test
	void appliedFileThatIsChangedBeforeItIsReadIsRefused() {
		this.folder.with("001_a.sql", "SELECT 1;", "SELECT 2;");
		Migration applied = source().load(Set.of(source().load().get(0).checksum())).get(0);
		this.folder.with("001_a.sql", "SELECT 3;", "SELECT 2;");

		assertThatExceptionOfType(InvalidMigrationsException.class).isThrownBy(applied::up)
			.withMessageContaining("001_a.sql")
			.withMessageContaining("was changed after it was found");
	}

	@Test
	void loadWhenNoFileIsThereReturnsNothing() {
		assertThat(source().load()).isEmpty();
	}

	@Test
	void loadWhenTwoFilesHaveTheSameVersionNamesBoth() {
		this.folder.with("001_a.sql", "SELECT 1;", "SELECT 2;").with("sub/1.0_b.sql", "SELECT 1;", "SELECT 2;");

		String path = this.folder.path().toString();
		assertThat(problems())
			.containsExactly(FileProblem.of(path + "/sub/1.0_b.sql", "\"" + path + "/sub/1.0_b.sql\" and \"" + path
					+ "/001_a.sql\" both have version \"1.0\" and the same content. Remove one of them."));
	}

	@Test
	void loadWhenTwoFilesOfTheSameVersionDifferSaysSo() {
		this.folder.with("001_a.sql", "SELECT 1;", "SELECT 2;").with("sub/001_a.sql", "SELECT 3;", "SELECT 2;");

		String path = this.folder.path().toString();
		assertThat(problems()).containsExactly(FileProblem.of(path + "/sub/001_a.sql", "\"" + path
				+ "/sub/001_a.sql\" and \"" + path
				+ "/001_a.sql\" both have version \"001\" and different content. Give one of them another version."));
	}

	@Test
	void loadWhenAnUnderscoreDividesTheVersionSaysHowToWriteIt() {
		this.folder.with("20260115_093000_add.sql", "SELECT 1;", "SELECT 2;");

		assertThat(problems()).containsExactly(FileProblem.of(this.folder.path() + "/20260115_093000_add.sql",
				"The version of \"20260115_093000_add.sql\" would be \"20260115\", because it ends at the first underscore. "
						+ "Name the file \"20260115093000_add.sql\", or begin its description with a letter."));
	}

	@Test
	void loadWhenNameDoesNotFitNamesTheFile() {
		this.folder.withFile("V1__init.sql", "no content that matters");

		assertThat(problems()).containsExactly(FileProblem.of(this.folder.path() + "/V1__init.sql",
				"The name \"V1__init.sql\" is not that of a migration file. "
						+ "Name it {version}_{description}.sql, such as 001_create_users_table.sql, "
						+ "or move it out of the location."));
	}

	@Test
	void loadReportsAllProblemsInTheOrderOfTheFiles() {
		this.folder.withFile("10_c.sql", "-- UP\nSELECT 'a\n")
			.withFile("9_b.sql", "-- UP\n\\q\nSELECT 1;\n-- DOWN\n")
			.withFile("setup.sql", "")
			.with("11_d.sql", "SELECT 1;", "SELECT 2;");

		assertThat(problems()).extracting((problem) -> Path.of(problem.file()).getFileName() + ":" + problem.line())
			.containsExactly("setup.sql:0", "9_b.sql:2", "9_b.sql:4", "10_c.sql:2");
	}

	@Test
	void loadReadsTheFilesAgainEachTime() {
		this.folder.with("1_a.sql", "SELECT 1;", "SELECT 2;");
		ResourceMigrationSource source = source();
		Migration before = source.load().get(0);
		this.folder.with("1_a.sql", "SELECT 1; -- changed", "SELECT 2;");

		Migration after = source.load().get(0);
		assertThat(after.checksum()).isNotEqualTo(before.checksum());
		assertThat(after.upChecksum()).isEqualTo(before.upChecksum());
	}

	@Test
	void parseDownReadsAStoredSection() {
		String sql = "-- Rollback: x\n-- veza: transaction=off\nBEGIN; DROP TABLE t; COMMIT;\nCOPY t FROM STDIN;\n1\n\\.\n";

		MigrationSection down = source().parseDown(sql, "stored DOWN of 1");
		assertThat(down.transactional()).isFalse();
		assertThat(down.metadata()).containsEntry("Rollback", "x");
		assertThat(down.script().text(1000)).contains(sql);
		assertThat(TestContent.statements(down.script())).hasSize(down.statementCount())
			.last()
			.isEqualTo(new SqlStatement("COPY t FROM STDIN", 4, 1, Kind.COPY_FROM_STDIN));
	}

	@Test
	void parseDownReadsTheTextThatAFileGives() {
		this.folder.with("1_a.sql", "SELECT 1;", "-- irreversible: x\n");
		MigrationSection down = source().load().get(0).down();

		MigrationSection stored = source().parseDown(down.script().text(1000).orElseThrow(), "stored");
		assertThat(stored.irreversible()).isEqualTo("x");
		assertThat(stored.statementCount()).isZero();
	}

	@Test
	void parseDownFinishesWithTheChecksumOfItsText() {
		try (StatementReader reader = source().parseDown("SELECT 1;", "stored").script().open()) {
			assertThat(reader.finish().value())
				.isEqualTo("17db4fd369edb9244b9f91d9aeed145c3d04ad8ba6e95d06247f07a63527d11a");
		}
	}

	@Test
	void parseDownWhenItBreaksTheRulesNamesItsLabel() {
		assertThatExceptionOfType(InvalidMigrationsException.class)
			.isThrownBy(() -> source().parseDown("SELECT 1;\nCOMMIT;\n-- DOWN\n", "stored DOWN of 1"))
			.withMessage(
					"""
							stored DOWN of 1:2:1: "COMMIT" controls transactions, but this section shares one transaction with its history row. Remove it, or write "-- veza: transaction=off" below "-- DOWN".
							  COMMIT;
							  ^
							stored DOWN of 1:3: "-- DOWN" stands in a stored DOWN, which is one section. Run the rollback from an application that has the file.
							  -- DOWN""");
	}

	@Test
	void loadReadsFilesByTheRulesOfTheirFormat() {
		this.folder.withFile("V2__second.sql", "SELECT 2;")
			.withFile("V1__first.sql", "SELECT 1;")
			.withFile("x.sql", "");
		ResourceMigrationSource source = new ResourceMigrationSource(new PathMatchingResourcePatternResolver(),
				List.of(this.folder.location()), new PlainMigrationFormat());

		List<Migration> migrations = source.load();
		assertThat(migrations).extracting(Migration::description).containsExactly("first", "second");
		assertThat(TestContent.statements(migrations.get(1).up().script())).extracting(SqlStatement::sql)
			.containsExactly("SELECT 2");
		assertThat(source.load(Set.of(migrations.get(0).checksum()))).isEqualTo(migrations);
	}

	private List<FileProblem> problems() {
		return catchThrowableOfType(InvalidMigrationsException.class, source()::load).problems();
	}

	private ResourceMigrationSource source() {
		return new ResourceMigrationSource(new PathMatchingResourcePatternResolver(), List.of(this.folder.location()));
	}

}
