package io.veza.migrations.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationPlan;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationState;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.engine.options.PlanningOptions;
import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.failure.PlanRefusedException;
import io.veza.migrations.history.HistoryTableNames;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.status.MigrationStatus;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MigrateIntegrationTests {

	private final TestDatabase database = TestDatabase.create();

	private MigrationFolder folder;

	@BeforeEach
	void createFolder(@TempDir Path path) {
		this.folder = MigrationFolder.in(path);
	}

	@Test
	void migrateAppliesPendingMigrationsInTheOrderOfTheirVersions() {
		this.folder.with("10_second.sql", "INSERT INTO first VALUES (10);", "DELETE FROM first;")
			.with("9_first.sql", "CREATE TABLE first (id int);", "DROP TABLE first;");

		MigrationReport report = migrate();

		assertThat(report.migrations()).extracting(MigrationReport.Outcome::description)
			.containsExactly("first", "second");
		assertThat(this.database.query("SELECT version, name, status FROM schema_migrations ORDER BY id"))
			.containsExactly("9|first|success", "10|second|success");
		assertThat(this.database.query("SELECT id FROM first")).containsExactly("10");
	}

	@Test
	void migrateWhenNothingIsPendingWritesNothing() {
		this.folder.with("1_first.sql", "CREATE TABLE first (id int);", "DROP TABLE first;");
		migrate();
		List<String> before = rowVersions();

		MigrationReport report = migrate();

		assertThat(report.migrations()).isEmpty();
		assertThat(rowVersions()).isEqualTo(before);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void migrateWithoutFilesInAnEmptyDatabaseWarnsAndCreatesNothing(CapturedOutput output) {
		MigrationReport report = migrate();

		assertThat(report.warnings()).singleElement()
			.satisfies((warning) -> assertThat(output).contains("WARN").contains(warning));
		assertThat(this.database.objects()).isEmpty();
	}

	@Test
	void migrateMakesTheGuidesTableWithItsIndexesAndFunctions() {
		this.folder.with("1_first.sql", "SELECT 1;", "SELECT 1;");

		migrate();

		assertThat(this.database.objects()).contains("r public.schema_migrations", "S public.schema_migrations_id_seq",
				"i public.idx_schema_migrations_version", "i public.idx_schema_migrations_applied_at",
				"f public.migration_applied", "f public.record_migration", "r public.schema_migration_events",
				"r public.schema_migration_progress");
		assertThat(this.database.query("SELECT migration_applied('1'), migration_applied('2')")).containsExactly("t|f");
	}

	@Test
	void migrateWhenTheThirdOfFiveStatementsIsWrongLeavesAnEmptyDatabaseAsItWas() {
		this.folder.with("1_broken.sql", """
				CREATE TABLE a (id int);
				CREATE TABLE b (id int);
				CREATE TABEL c (id int);
				CREATE TABLE d (id int);
				CREATE TABLE e (id int);""", "DROP TABLE a, b, c, d, e;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate).satisfies((ex) -> {
			assertThat(ex.failure().line()).isEqualTo(4);
			assertThat(ex.failure().column()).isEqualTo(8);
			assertThat(ex.failure().sqlState()).isEqualTo("42601");
			assertThat(ex).hasMessageContaining("1_broken.sql:4:8: syntax error at or near \"TABEL\" (SQLSTATE 42601)")
				.hasMessageContaining("\n  CREATE TABEL c (id int)\n         ^")
				.hasMessageContaining("nothing of it is in the database");
		});
		assertThat(this.database.objects()).isEmpty();
	}

	@Test
	void migrateWhenTheSecondMigrationFailsKeepsTheFirst() {
		this.folder.with("1_good.sql", "CREATE TABLE good (id int);", "DROP TABLE good;")
			.with("2_bad.sql", "INSERT INTO good VALUES ('x');", "DELETE FROM good;")
			.with("3_later.sql", "CREATE TABLE later (id int);", "DROP TABLE later;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate).satisfies((ex) -> {
			assertThat(ex.report().migrations()).extracting(MigrationReport.Outcome::description)
				.containsExactly("good");
			assertThat(ex.report().failed()).isEqualTo(MigrationVersion.of("2"));
			assertThat(ex.report().notTried()).containsExactly(MigrationVersion.of("3"));
		});
		assertThat(this.database.query("SELECT version FROM schema_migrations")).containsExactly("1");
	}

	@Test
	void migrateWhenADoBlockFailsNamesItsLineInTheFile() {
		this.folder.with("1_block.sql", """
				DO $body$
				BEGIN
					PERFORM 1;
					PERFORM 1 / 0;
				END
				$body$;""", "SELECT 1;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate).satisfies((ex) -> {
			assertThat(ex.failure().line()).isEqualTo(5);
			assertThat(ex.failure().sourceLine()).isEqualTo("\tPERFORM 1 / 0;");
			assertThat(ex.failure().context()).contains("inline_code_block line 4 at PERFORM");
		});
	}

	@Test
	void migrateWhenAFunctionFailsShowsTheCallsAndTheStatement() {
		this.folder.with("1_function.sql", """
				CREATE FUNCTION boom() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1 / 0; END';
				SELECT boom();""", "DROP FUNCTION boom();");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate).satisfies((ex) -> {
			assertThat(ex.failure().line()).isEqualTo(3);
			assertThat(ex.failure().sqlState()).isEqualTo("22012");
			assertThat(ex.failure().context()).contains("PL/pgSQL function boom() line 1 at RETURN");
		});
	}

	@Test
	void migrateCountsThePositionOfAnErrorInCharactersNotInUnits() {
		this.folder.with("1_emoji.sql", "SELECT '😀😀', nowhere;", "SELECT 1;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.getMessage())
				.contains("\n  SELECT '😀😀', nowhere\n" + " ".repeat("  SELECT '..', ".length()) + "^"));
	}

	@Test
	void migrateWhenADeferredConstraintFailsAtCommitBlamesTheMigration() {
		this.folder.with("1_deferred.sql", """
				CREATE TABLE parent (id int PRIMARY KEY);
				CREATE TABLE child (id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
				INSERT INTO child VALUES (1);""", "DROP TABLE child, parent;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.failure().sqlState()).isEqualTo("23503"));
		assertThat(this.database.objects()).isEmpty();
	}

	@Test
	void migrateSaysTheWayOutForANewEnumValue() {
		this.folder.with("1_enum.sql", "CREATE TYPE mood AS ENUM ('sad');", "DROP TYPE mood;")
			.with("2_value.sql", "ALTER TYPE mood ADD VALUE 'ok'; SELECT 'ok'::mood;", "SELECT 1;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.failure().advice()).contains("into a migration of its own"));
	}

	@Test
	void migrateSaysTheWayOutForAProcedureThatCommits() {
		this.folder.with("1_commit.sql", "DO $$ BEGIN COMMIT; END $$;", "SELECT 1;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate).satisfies((ex) -> {
			assertThat(ex.failure().sqlState()).isEqualTo("2D000");
			assertThat(ex.failure().advice()).contains("-- veza: transaction=off");
		});
	}

	@Test
	void migrateWithTransactionOffLetsAProcedureCommit() {
		this.folder.with("1_commit.sql", """
				-- veza: transaction=off
				CREATE TABLE t (id int);
				DO $$ BEGIN INSERT INTO t VALUES (1); COMMIT; INSERT INTO t VALUES (2); END $$;""", "DROP TABLE t;");

		migrate();

		assertThat(this.database.query("SELECT count(*) FROM t")).containsExactly("2");
		assertThat(this.database.query("SELECT count(*) FROM schema_migration_progress")).containsExactly("0");
	}

	@Test
	void migrateRunsOperatorsPlaceholdersAndParametersAsTheyStand() {
		this.folder.with("1_odd.sql",
				"""
						CREATE TABLE odd AS SELECT '{"a": 1}'::jsonb ? 'a' AS has, '${x} {d ''2024-01-01''}' AS text, ARRAY[1,2,3];
						CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT $1 * 2';
						CREATE RULE several AS ON INSERT TO odd DO ALSO (SELECT 1; SELECT 2);
						CREATE FUNCTION atomic() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;
						SELECT set_config('veza_test.x', E'it''s \\\\ fine', true)""",
				"DROP TABLE odd;");

		migrate();

		assertThat(this.database.query("SELECT has, text FROM odd")).containsExactly("t|${x} {d '2024-01-01'}");
		assertThat(this.database.query("SELECT twice(21), atomic()")).containsExactly("42|2");
	}

	@Test
	void migrateCopiesTheDataThatFollows() {
		this.folder.with("1_copy.sql", """
				CREATE TABLE rooms (id int, name text);
				COPY rooms (id, name) FROM STDIN;
				1	-- DOWN
				2	it's; \\N
				\\.
				INSERT INTO rooms VALUES (3, 'last');""", "DROP TABLE rooms;");

		migrate();

		assertThat(this.database.query("SELECT id, name FROM rooms ORDER BY id")).containsExactly("1|-- DOWN",
				"2|it's; N", "3|last");
	}

	@Test
	void migrateWhenCopyDataIsWrongNamesItsLineInTheFile() {
		this.folder.with("1_copy.sql", """
				CREATE TABLE rooms (id int);
				COPY rooms FROM STDIN;
				1
				two
				\\.""", "DROP TABLE rooms;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.failure().line()).isEqualTo(5));
		assertThat(this.database.objects()).isEmpty();
	}

	@Test
	void migrateRunsMoreStatementsThanFitIntoOneFlight() {
		String inserts = IntStream.range(0, 1000)
			.mapToObj((i) -> "INSERT INTO many VALUES (" + i + ");")
			.collect(Collectors.joining("\n"));
		this.folder.with("1_many.sql", "CREATE TABLE many (id int);\n" + inserts, "DROP TABLE many;");

		migrate();

		assertThat(this.database.query("SELECT count(*) FROM many")).containsExactly("1000");
	}

	@Test
	void migrateWhenAStatementInALaterFlightFailsNamesItAndKeepsNothing() {
		String inserts = IntStream.range(0, 700)
			.mapToObj((i) -> "INSERT INTO many VALUES (" + ((i == 650) ? "'x'" : i) + ");")
			.collect(Collectors.joining("\n"));
		this.folder.with("1_many.sql", "CREATE TABLE many (id int);\n" + inserts, "DROP TABLE many;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.failure().line()).isEqualTo(653));
		assertThat(this.database.objects()).isEmpty();
	}

	@Test
	void migrateRunsConcurrentIndexBuildsOutsideOfATransaction() {
		this.folder.with("1_table.sql", "CREATE TABLE t (id int);", "DROP TABLE t;")
			.with("2_index.sql", "CREATE INDEX CONCURRENTLY idx_t_id ON t (id);",
					"DROP INDEX CONCURRENTLY IF EXISTS idx_t_id;");

		migrate();

		assertThat(this.database.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'idx_t_id'::regclass"))
			.containsExactly("t");
		assertThat(this.database.query("""
				SELECT version, phase, operation, outcome FROM schema_migration_events
				WHERE version = '2' ORDER BY id""")).containsExactly("2|started|migrate|",
				"2|finished|migrate|success");
	}

	@Test
	void migrateWhenANonTransactionalMigrationFailsContinuesAtTheFailedStatement() {
		this.folder.with("1_steps.sql", """
				-- veza: transaction=off
				CREATE TABLE t (id int);
				INSERT INTO t VALUES (1);
				INSERT INTO missing VALUES (1);
				INSERT INTO t VALUES (2);""", "DROP TABLE t;");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining(
					"2 of its 4 statements are done and recorded; the next run continues with statement 3.");
		assertThat(status().pending()).singleElement()
			.satisfies((info) -> assertThat(info.state()).isEqualTo(MigrationState.FAILED));
		this.database.execute("CREATE TABLE missing (id int)");

		migrate();

		assertThat(this.database.query("SELECT id FROM t ORDER BY id")).containsExactly("1", "2");
		assertThat(this.database.query("SELECT version FROM schema_migrations")).containsExactly("1");
		assertThat(this.database.query("SELECT count(*) FROM schema_migration_progress")).containsExactly("0");
	}

	@Test
	void migrateWhenADoneStatementWasChangedRefusesToContinue() {
		this.folder.with("1_steps.sql", """
				-- veza: transaction=off
				CREATE TABLE t (id int);
				INSERT INTO missing VALUES (1);""", "DROP TABLE t;");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate);
		this.folder.with("1_steps.sql", """
				-- veza: transaction=off
				CREATE TABLE t (id bigint);
				SELECT 1;""", "DROP TABLE t;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("Statement 1 was done by an earlier run, and it has been changed since");
	}

	@Test
	void migrateRecordsExplicitTransactionsWhenTheyCommit() {
		this.folder.with("1_blocks.sql", """
				-- veza: transaction=off
				BEGIN;
				CREATE TABLE t (id int);
				COMMIT;
				BEGIN;
				INSERT INTO t VALUES (1);
				INSERT INTO missing VALUES (1);
				COMMIT;""", "DROP TABLE t;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("3 of its 7 statements are done");

		assertThat(this.database.query("SELECT count(*) FROM t")).containsExactly("0");
	}

	@Test
	void migrateStartsEachMigrationFromTheSameSettings() {
		this.folder.with("1_leak.sql",
				"SET search_path = pg_catalog; SET statement_timeout = '1h'; SET standard_conforming_strings = off;",
				"SELECT 1;")
			.with("2_after.sql",
					"CREATE TABLE after AS SELECT current_setting('statement_timeout') AS timeout, '\\x' AS text;",
					"DROP TABLE after;");

		migrate();

		assertThat(this.database.query("SELECT timeout, text FROM public.after")).containsExactly("0|\\x");
	}

	@Test
	void migrateObeysTheTimeoutsOfTheFile() {
		this.folder.with("1_timeout.sql",
				"""
						-- veza: lock-timeout=2s
						-- veza: statement-timeout=10min
						CREATE TABLE t AS SELECT current_setting('lock_timeout') AS l, current_setting('statement_timeout') AS s;""",
				"DROP TABLE t;");

		migrate();

		assertThat(this.database.query("SELECT l, s FROM t")).containsExactly("2s|10min");
	}

	@Test
	void migrateIntoAConfiguredSchemaCreatesItAndPutsItFirst() {
		this.folder.with("1_t.sql", "CREATE TABLE t (id int);", "DROP TABLE t;");
		MigratorOptions options = MigratorOptions.defaults()
			.with(new HistoryTableNames("my \"app\"", "history", "events", "progress"));

		Migrators.migrator(this.folder, this.database.dataSource(), options).migrate(MigrateRequest.all());

		assertThat(this.database.objects())
			.contains("r my \"app\".t", "r my \"app\".history", "i my \"app\".idx_history_version")
			.doesNotContain("f my \"app\".migration_applied");
	}

	@Test
	void migrateInOneTransactionKeepsNothingWhenTheLastFails() {
		this.folder.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;")
			.with("2_b.sql", "SELECT nowhere;", "SELECT 1;");
		MigratorOptions options = MigratorOptions.defaults().with(PlanningOptions.defaults().withSingleTransaction());
		Migrator migrator = Migrators.migrator(this.folder, this.database.dataSource(), options);

		assertThatExceptionOfType(MigrationFailedException.class)
			.isThrownBy(() -> migrator.migrate(MigrateRequest.all()))
			.satisfies((ex) -> assertThat(ex.report().failed()).isEqualTo(MigrationVersion.of("2")));

		assertThat(this.database.objects()).isEmpty();
	}

	@Test
	void migrateRunsAQueryForAllItsRows() {
		this.folder
			.with("1_rows.sql",
					"""
							CREATE TABLE t (id int);
							CREATE FUNCTION ins(i int) RETURNS int LANGUAGE plpgsql AS 'BEGIN INSERT INTO t VALUES (i); RETURN i; END';
							SELECT ins(g) FROM generate_series(1, 100) g;
							WITH x AS (SELECT ins(g) FROM generate_series(101, 200) g) SELECT * FROM x;
							VALUES (ins(201)), (ins(202));
							(SELECT ins(g) FROM generate_series(203, 300) g);
							SELECT nowhere;""",
					"DROP TABLE t;")
			.with("0_rows.sql",
					"""
							CREATE TABLE u (id int);
							CREATE FUNCTION inu(i int) RETURNS int LANGUAGE plpgsql AS 'BEGIN INSERT INTO u VALUES (i); RETURN i; END';
							SELECT inu(g) FROM generate_series(1, 100) g;
							VALUES (inu(101)), (inu(102));
							(SELECT inu(g) FROM generate_series(103, 200) g);""",
					"DROP TABLE u;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.failure().line()).isEqualTo(8));

		assertThat(this.database.query("SELECT count(*) FROM u")).containsExactly("200");
	}

	@Test
	void migrateWithoutATransactionRunsAQueryForAllItsRows() {
		this.folder.with("1_rows.sql",
				"""
						-- veza: transaction=off
						CREATE TABLE t (id int);
						CREATE FUNCTION ins(i int) RETURNS int LANGUAGE plpgsql AS 'BEGIN INSERT INTO t VALUES (i); RETURN i; END';
						SELECT ins(g) FROM generate_series(1, 100) g;""",
				"DROP TABLE t; DROP FUNCTION ins(int);");

		migrate();

		assertThat(this.database.query("SELECT count(*) FROM t")).containsExactly("100");
	}

	@Test
	void migrateRefusesToCopyToAClientThatIsNotThere() {
		this.folder.with("1_copy.sql", "CREATE TABLE t (id int);\nCOPY t TO STDOUT;", "DROP TABLE t;");

		assertThatExceptionOfType(InvalidMigrationsException.class).isThrownBy(this::migrate)
			.withMessageContaining(":3:1: COPY … TO STDOUT sends data to a client, and a migration has none.");
	}

	@Test
	void migrateWhenTheDriverGivesUpClaimsNothingAboutTheTransaction() {
		this.folder.with("1_style.sql", "CREATE TABLE t (id int); SET client_encoding = 'LATIN1';", "DROP TABLE t;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("the history tells which")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("nothing of it"));
	}

	@Test
	void migrateUnderARoleOfTheScriptRecordsUnderItsOwn() {
		String role = this.database.name() + "_owner";
		this.database.execute("CREATE ROLE " + role + "; GRANT ALL ON SCHEMA public TO " + role);
		this.folder.with("1_role.sql", "SET ROLE " + role + "; CREATE TABLE t (id int);", "DROP TABLE t;")
			.with("2_role.sql",
					"-- veza: transaction=off\nSET SESSION AUTHORIZATION " + role
							+ ";\nCREATE TABLE u (id int);\nCREATE INDEX CONCURRENTLY idx_u_id ON u (id);",
					"DROP TABLE u;")
			.with("3_after.sql", "CREATE TABLE v (id int);", "DROP TABLE v;");

		migrate();

		assertThat(this.database
			.query("SELECT tableowner FROM pg_tables WHERE tablename IN ('t', 'u', 'v') ORDER BY tablename"))
			.containsExactly(role, role, this.database.user());
	}

	@Test
	void migrateRecordsWithoutTheTimeoutOfTheScript() {
		this.folder.with("1_timeout.sql", """
				CREATE TABLE heard (timeout text);
				CREATE FUNCTION hear() RETURNS trigger LANGUAGE plpgsql AS $$
				BEGIN
					INSERT INTO heard VALUES (current_setting('statement_timeout'));
					RETURN NEW;
				END $$;
				CREATE TRIGGER hear BEFORE INSERT ON schema_migrations FOR EACH ROW EXECUTE FUNCTION hear();
				SET statement_timeout = '1min';""", "DROP TABLE heard;");

		migrate();

		assertThat(this.database.query("SELECT timeout FROM heard")).containsExactly("0");
	}

	@Test
	void migrateThatContinuesPutsTheSessionBackToWhereItWas() {
		this.folder.with("1_steps.sql", """
				-- veza: transaction=off
				CREATE SCHEMA app;
				SET search_path = app;
				INSERT INTO needed VALUES (1);
				CREATE TABLE t (id int);""", "DROP TABLE app.t;");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate);
		this.database.execute("CREATE TABLE app.needed (id int)");

		migrate();

		assertThat(this.database.objects()).contains("r app.t").doesNotContain("r public.t");
	}

	@Test
	void migrateSurvivesManyNoticesBeforeALargeStatement() {
		this.folder.with("1_noisy.sql", """
				CREATE TABLE t (x text);
				DO $$ BEGIN FOR i IN 1..3000 LOOP RAISE NOTICE '%', repeat('x', 10000); END LOOP; END $$;
				INSERT INTO t VALUES ('""" + "y".repeat(14 * 1024 * 1024) + "');", "DROP TABLE t;");

		migrate();

		assertThat(this.database.query("SELECT length(x) FROM t")).containsExactly("14680064");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ar-EG", "fa-IR", "th-TH-u-nu-thai", "fr-FR", "hi-IN-u-nu-deva" })
	void migrateWorksInEveryLocale(String tag) {
		Locale before = Locale.getDefault();
		Locale.setDefault(Locale.forLanguageTag(tag));
		try {
			this.folder.with("1_a.sql", "CREATE TABLE a (id int);\nSELECT 1;", "DROP TABLE a;")
				.with("1.1_d.sql", "CREATE TABLE d (id int);", "DROP TABLE d;")
				.with("1.2_e.sql", "CREATE TABLE e (id int);", "DROP TABLE e;")
				.with("2_index.sql", "CREATE INDEX CONCURRENTLY idx_a_id ON a (id);",
						"DROP INDEX CONCURRENTLY idx_a_id;")
				.with("3_bad.sql",
						"CREATE TABLE b (id int);\nINSERT INTO b VALUES (1), ('x1');\nCREATE TABLE c (id int);",
						"DROP TABLE b;");

			assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
				.satisfies((ex) -> assertThat(ex.failure().line()).isEqualTo(3));
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void migrateWhenTheFileGoesAwayMeanwhileSaysSo() {
		this.folder.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;")
			.with("2_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;");
		MigrationListener remover = new MigrationListener() {

			@Override
			public void onMigrationFinished(MigrationOperation operation, MigrationReport.Outcome outcome) {
				MigrateIntegrationTests.this.folder.without("2_b.sql");
			}

		};

		assertThatExceptionOfType(MigrationFailedException.class)
			.isThrownBy(() -> Migrators.migrator(this.folder, this.database, remover).migrate(MigrateRequest.all()))
			.withMessageContaining("The file can no longer be read")
			.satisfies((ex) -> assertThat(ex.report().migrations()).hasSize(1));
	}

	@Test
	void migrateTellsListenersAndSurvivesTheirExceptions() {
		this.folder.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");
		List<String> told = new ArrayList<>();
		MigrationListener listener = new MigrationListener() {

			@Override
			public void onRunStarted(MigrationPlan plan) {
				throw new AssertionError("a listener that throws");
			}

			@Override
			public void onMigrationFinished(MigrationOperation operation, MigrationReport.Outcome outcome) {
				told.add(operation.id() + " " + outcome.version());
			}

		};

		Migrators.migrator(this.folder, this.database, listener).migrate(MigrateRequest.all());

		assertThat(told).containsExactly("migrate 1");
		assertThat(this.database.query("SELECT version FROM schema_migrations")).containsExactly("1");
	}

	@Test
	void migrateAppliedByOthersShowsWhoAndHowLong() {
		this.folder.with("001_a.sql", "SELECT pg_sleep(0.05);", "SELECT 1;");
		Migrator migrator = Migrators.migrator(this.folder, this.database);

		MigrationReport report = migrator.migrate(new MigrateRequest(null, Migrators.OPERATOR));

		assertThat(report.migrations().get(0).duration()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
		assertThat(migrator.status().applied()).singleElement().satisfies((info) -> {
			assertThat(info.applied()).isNotNull();
			assertThat(info.applied().appliedBy()).isEqualTo("olivia");
			assertThat(info.applied().executionTime()).isGreaterThanOrEqualTo(50);
		});
		assertThat(this.database.query("SELECT version, requested_by, reason, operation FROM schema_migration_events"))
			.containsExactly("001|olivia|a bad release|migrate");
	}

	@Test
	void migrateWhenAnAppliedFileWasChangedIsRefused() {
		this.folder.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");
		migrate();
		this.folder.with("1_a.sql", "CREATE TABLE a (id bigint);", "DROP TABLE a;")
			.with("2_b.sql", "CREATE TABLE b (id int);", "DROP TABLE b;");

		assertThatExceptionOfType(PlanRefusedException.class).isThrownBy(this::migrate)
			.withMessageContaining("differs from what was applied as version \"1\"");

		assertThat(status().state()).isEqualTo(MigrationStatus.State.INVALID);
		assertThat(this.database.objects()).doesNotContain("r public.b");
	}

	@Test
	void migrateAcceptsChangesOfCommentsWhiteSpaceAndTheDown() {
		this.folder.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");
		migrate();
		this.folder.with("1_a.sql", "-- a comment\nCREATE  TABLE a\n(id int);", "DROP TABLE IF EXISTS a;");

		assertThat(migrate().migrations()).isEmpty();
	}

	@Test
	void migrateWarnsWhenTheSchemaIsNotEmptyAndHasNoHistory() {
		this.database.execute("CREATE TABLE theirs (id int)");
		this.folder.with("1_a.sql", "CREATE TABLE a (id int);", "DROP TABLE a;");

		assertThat(migrate().warnings()).singleElement()
			.asString()
			.contains("is not empty and has no migration history");
	}

	@Test
	void auditLogRefusesToBeChanged() {
		this.folder.with("1_a.sql", "SELECT 1;", "SELECT 1;");
		migrate();

		for (String sql : List.of("UPDATE schema_migration_events SET reason = 'x'",
				"DELETE FROM schema_migration_events", "TRUNCATE schema_migration_events")) {
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.database.execute(sql))
				.withMessageContaining("append-only");
		}
	}

	private MigrationReport migrate() {
		return Migrators.migrator(this.folder, this.database).migrate(MigrateRequest.all());
	}

	private MigrationStatus status() {
		return Migrators.migrator(this.folder, this.database).status();
	}

	/** The physical version of each row: it changes with each write. */
	private List<String> rowVersions() {
		return this.database
			.query("SELECT xmin, ctid FROM schema_migrations UNION ALL SELECT xmin, ctid FROM schema_migration_events");
	}

}
