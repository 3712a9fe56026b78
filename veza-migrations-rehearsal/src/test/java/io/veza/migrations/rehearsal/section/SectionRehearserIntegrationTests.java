package io.veza.migrations.rehearsal.section;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

import io.veza.migrations.Migration;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.rehearsal.effect.LockMode;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.rehearsal.effect.StatementEffect.Observation;
import io.veza.migrations.rehearsal.observe.CommittedStateReader;
import io.veza.migrations.source.ResourceMigrationSource;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlState;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SectionRehearser}.
 */
class SectionRehearserIntegrationTests {

	private final TestDatabase database = TestDatabase.create();

	@TempDir
	private Path folder;

	private SectionSession work;

	private CommittedStateReader observer;

	@BeforeEach
	void connect() throws SQLException {
		this.work = SectionSession.open(this.database.connect(), null, null);
		this.observer = CommittedStateReader.open(this.database.connect());
		this.database.execute("CREATE TABLE users (id bigint PRIMARY KEY, email text)");
	}

	@AfterEach
	void disconnect() throws SQLException {
		this.work.close();
		this.observer.close();
		this.database.drop();
	}

	@Test
	void runWhenIndexIsBuiltTellsItsLock() throws SQLException {
		RelationEffect effect = effect(up("CREATE INDEX idx_users_email ON users (email);"), 0, "public.users");

		assertThat(effect.lock()).isEqualTo(LockMode.SHARE);
		assertThat(effect.lockTaken()).isTrue();
		assertThat(effect.scans()).isEqualTo(1);
		assertThat(effect.rewritten()).isFalse();
		assertThat(effect.before().indexes()).hasSize(1);
		assertThat(effect.after().indexes()).extracting("name").contains("idx_users_email");
	}

	@Test
	void runWhenTableIsRewrittenTellsSo() throws SQLException {
		List<StatementEffect> effects = up("""
				ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid();
				ALTER TABLE users ADD COLUMN name text;""").statements();

		assertThat(effects.get(0).relations().get(0).rewritten()).isTrue();
		assertThat(effects.get(1).relations().get(0).rewritten()).isFalse();
		assertThat(effects.get(1).relations().get(0).lockTaken()).isFalse();
		assertThat(effects.get(1).relations().get(0).after().columns()).hasSize(4);
	}

	@Test
	void runWhenTableIsTruncatedTellsSo() throws SQLException {
		this.database.execute("INSERT INTO users VALUES (1, 'a'); ANALYZE users");

		assertThat(effect(up("TRUNCATE users;"), 0, "public.users")).returns(true, RelationEffect::truncated)
			.returns(false, RelationEffect::rewritten);
	}

	@Test
	void runWhenTableIsClusteredTellsThatItIsRewritten() throws SQLException {
		assertThat(effect(up("CLUSTER users USING users_pkey;"), 0, "public.users"))
			.returns(true, RelationEffect::rewritten)
			.returns(false, RelationEffect::truncated);
	}

	@Test
	void runWhenRowsAreWrittenCountsThemByStatement() throws SQLException {
		RehearsedSection up = up("""
				INSERT INTO users VALUES (1, 'a'), (2, 'b');
				UPDATE users SET email = 'c' WHERE id = 1;
				DELETE FROM users;
				COPY users FROM stdin;
				7	x
				\\.
				""");

		assertThat(effect(up, 0, "public.users").rowsInserted()).isEqualTo(2);
		assertThat(effect(up, 1, "public.users").rowsUpdated()).isEqualTo(1);
		assertThat(effect(up, 2, "public.users").rowsDeleted()).isEqualTo(2);
		assertThat(effect(up, 3, "public.users").rowsInserted()).isEqualTo(1);
	}

	@Test
	void runWhenTableIsNewOrGoneTellsSo() throws SQLException {
		RehearsedSection up = up("CREATE TABLE rooms (id bigint);\nINSERT INTO rooms VALUES (1);\nDROP TABLE users;");

		assertThat(effect(up, 1, "public.rooms")).returns(false, RelationEffect::existed)
			.returns(1L, RelationEffect::rowsInserted);
		assertThat(effect(up, 2, "public.users").before()).isNotNull();
		assertThat(effect(up, 2, "public.users").after()).isNull();
	}

	@Test
	void runWhenStatementRefusesTransactionNamesDocumentedLock() throws SQLException {
		RehearsedSection up = up("""
				CREATE INDEX CONCURRENTLY idx_users_email ON users (email);
				VACUUM FULL users;
				CREATE INDEX idx_users_id_email ON users (id, email);""");

		assertThat(effect(up, 0, "public.users").lock()).isEqualTo(LockMode.SHARE_UPDATE_EXCLUSIVE);
		assertThat(effect(up, 1, "public.users")).returns(LockMode.ACCESS_EXCLUSIVE, RelationEffect::lock)
			.returns(true, RelationEffect::rewritten);
		assertThat(effect(up, 2, "public.users").lock()).isEqualTo(LockMode.SHARE);
		assertThat(up.statements()).extracting(StatementEffect::observation)
			.containsExactly(Observation.DOCUMENTED, Observation.DOCUMENTED, Observation.OBSERVED);
	}

	@Test
	void runWhenStatementFailsTellsWhereAndKeepsNothing() throws SQLException {
		RehearsedSection up = up("ALTER TABLE users ADD COLUMN name text;\nALTER TABLE user ADD COLUMN x text;");

		assertThat(up.failure()).extracting(SqlFailure::line, SqlFailure::sqlState).containsExactly(3, "42601");
		assertThat(this.database
			.query("SELECT count(*) FROM pg_attribute WHERE attname = 'name' AND attrelid = 'users'::regclass"))
			.containsExactly("0");
	}

	@Test
	void runWhenDeferredConstraintFailsAtCommitBlamesLastStatement() throws SQLException {
		this.database.execute("CREATE TABLE posts (user_id bigint REFERENCES users DEFERRABLE INITIALLY DEFERRED)");

		RehearsedSection up = up("INSERT INTO posts VALUES (7);");

		assertThat(up.failure()).extracting(SqlFailure::line, SqlFailure::sqlState).containsExactly(2, "23503");
	}

	@Test
	void runWhenProcedureCommitsLetsItRunOutsideOfATransaction() throws SQLException {
		RehearsedSection up = up("""
				-- veza: transaction=off
				DO $$ BEGIN INSERT INTO users VALUES (1, 'a'); COMMIT; INSERT INTO users VALUES (2, 'b'); END $$;""");

		assertThat(up.failure()).isNull();
		assertThat(up.statements()).extracting(StatementEffect::observation).containsExactly(Observation.DOCUMENTED);
		assertThat(this.database.query("SELECT count(*) FROM users")).containsExactly("2");
	}

	@Test
	void runWhenSectionHasItsOwnBlockSeesEachStatementOfIt() throws SQLException {
		RehearsedSection up = up("""
				-- veza: transaction=off
				BEGIN;
				INSERT INTO users VALUES (1, 'a');
				ALTER TABLE users ADD COLUMN name text;
				COMMIT;
				VACUUM users;""");

		assertThat(up.failure()).isNull();
		assertThat(effect(up, 1, "public.users").lock()).isEqualTo(LockMode.ACCESS_EXCLUSIVE);
	}

	@Test
	void runWhenSettingsAreLeftStartsNextSectionWithoutThem() throws SQLException {
		up("SELECT pg_catalog.set_config('search_path', '', false);\nCREATE TEMP TABLE t (id int);");

		assertThat(up("CREATE TABLE t (id int);\nALTER TABLE users ADD COLUMN x int;").failure()).isNull();
	}

	@Test
	void runWhenTransactionIsSetKeepsItFirst() throws SQLException {
		assertThat(up("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;\nSET TRANSACTION READ WRITE;\nDELETE FROM users;")
			.failure()).isNull();
	}

	@Test
	void runWhenStatementConcernsTheServerRefusesIt() throws SQLException {
		String role = this.database.name() + "_role";

		for (String sql : List.of("CREATE ROLE " + role, "DO $$ BEGIN EXECUTE 'CREATE ROLE " + role + "'; END $$",
				"ALTER DATABASE " + this.database.name() + " SET work_mem = '1MB'",
				"GRANT CONNECT ON DATABASE " + this.database.name() + " TO PUBLIC",
				"COMMENT ON DATABASE " + this.database.name() + " IS 'x'",
				"ALTER ROLE CURRENT_USER SET work_mem = '1MB'", "CREATE DATABASE " + role,
				"ALTER SYSTEM SET work_mem = '1MB'", "GRANT pg_monitor TO CURRENT_USER",
				"CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p")) {
			assertThat(up("INSERT INTO users VALUES (1, 'a') ON CONFLICT DO NOTHING;\n" + sql + ";").failure()).as(sql)
				.extracting(SqlFailure::sqlState)
				.isEqualTo(SqlState.CLUSTER_WIDE);
		}
		assertThat(this.database.query("SELECT count(*) FROM pg_roles WHERE rolname = '" + role + "'"))
			.containsExactly("0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "DO $$ BEGIN EXECUTE 'CREATE ROLE %1$s'; COMMIT; END $$;",
			"BEGIN;\nINSERT INTO users VALUES (1, 'a');\nPREPARE TRANSACTION '%1$s';",
			"BEGIN;\nINSERT INTO deferred VALUES ('%1$s');\nCOMMIT;", "INSERT INTO deferred VALUES ('%1$s');",
			"SET track_counts = off;\nCREATE ROLE %1$s;" })
	void runWhenStatementHidesThatItConcernsTheServerRefusesIt(String sql) throws SQLException {
		this.database.execute("""
				CREATE TABLE deferred (name text);
				CREATE FUNCTION deferred() RETURNS trigger LANGUAGE plpgsql
				AS $$ BEGIN EXECUTE 'CREATE ROLE ' || NEW.name; RETURN NULL; END $$;
				CREATE CONSTRAINT TRIGGER deferred AFTER INSERT ON deferred DEFERRABLE INITIALLY DEFERRED
				FOR EACH ROW EXECUTE FUNCTION deferred()""");
		String role = this.database.name() + "_role";

		RehearsedSection up = up("-- veza: transaction=off\n" + sql.formatted(role));

		assertThat(up.failure()).extracting(SqlFailure::sqlState).isEqualTo(SqlState.CLUSTER_WIDE);
		assertThat(this.database.query("SELECT rolname FROM pg_roles WHERE rolname = '" + role
				+ "' UNION ALL SELECT gid FROM pg_prepared_xacts"))
			.isEmpty();
	}

	@Test
	void runWhenProcedureConcernsTheServerAfterItHasCommittedTellsSo() throws SQLException {
		String role = this.database.name() + "_role";

		RehearsedSection up = up(
				"-- veza: transaction=off\nDO $$ BEGIN COMMIT; EXECUTE 'CREATE ROLE " + role + "'; END $$;");

		this.database.execute("DROP ROLE " + role);
		assertThat(up.failure()).returns(SqlState.CLUSTER_WIDE, SqlFailure::sqlState)
			.extracting(SqlFailure::message)
			.asString()
			.contains("role \"" + role + "\"");
	}

	@Test
	void runWhenTransactionLastsWaitsForItOnlySoLong() throws SQLException {
		up("SET lock_timeout = 0;");

		assertThat(up("DO $$ BEGIN ASSERT current_setting('lock_timeout') = '30s'; END $$;").failure()).isNull();
	}

	@Test
	void runWhenTableIsMadeAndDroppedKnowsItsName() throws SQLException {
		RehearsedSection up = up("CREATE TABLE rooms (id bigint);\nDROP TABLE rooms;");

		assertThat(effect(up, 1, "public.rooms").existed()).isFalse();
	}

	@Test
	void runWhenSessionIsEndedSaysWhere() {
		assertThatExceptionOfType(DatabaseUnreachableException.class)
			.isThrownBy(() -> up("SELECT 1;\nSELECT pg_terminate_backend(pg_backend_pid());"))
			.withMessageContaining("001_test.sql:3:1");
	}

	@Test
	void runWhenStatementConcernsOneDatabaseLetsItRun() throws SQLException {
		RehearsedSection up = up("""
				CREATE TABLE rooms (id bigint PRIMARY KEY);
				GRANT SELECT ON rooms TO PUBLIC;
				COMMENT ON TABLE rooms IS 'x';
				ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
				CREATE PUBLICATION p FOR TABLE rooms;
				SELECT lo_create(0);
				DROP TABLE users;""");

		assertThat(up.failure()).isNull();
	}

	private RehearsedSection up(String sql) throws SQLException {
		MigrationFolder files = MigrationFolder.in(this.folder);
		Migration migration = new ResourceMigrationSource(new PathMatchingResourcePatternResolver(),
				List.of(files.with("001_test.sql", sql, "SELECT 1;").location()))
			.load()
			.get(0);
		return new SectionRehearser(this.work, this.observer, false, Clock.systemUTC(), migration.file(),
				migration.up())
			.run();
	}

	private static RelationEffect effect(RehearsedSection section, int statement, String relation) {
		assertThat(section.failure()).isNull();
		return section.statements()
			.get(statement)
			.relations()
			.stream()
			.filter((effect) -> effect.relation().equals(relation))
			.findFirst()
			.orElseThrow();
	}

}
