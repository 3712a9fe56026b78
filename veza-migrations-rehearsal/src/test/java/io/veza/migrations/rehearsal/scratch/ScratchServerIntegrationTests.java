package io.veza.migrations.rehearsal.scratch;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.veza.migrations.failure.RehearsalException;
import io.veza.migrations.testsupport.EnabledIfPgBouncer;
import io.veza.migrations.testsupport.PgBouncer;
import io.veza.migrations.testsupport.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class ScratchServerIntegrationTests {

	private static final TestDatabase DATABASE = TestDatabase.create();

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	/** A name that needs quotes, and a login that does not inherit what it may become. */
	@BeforeAll
	static void createRoles() {
		DATABASE.execute("""
				CREATE ROLE "scratch ""owner";
				CREATE ROLE scratch_user LOGIN CREATEDB NOINHERIT PASSWORD 'x' IN ROLE "scratch ""owner";
				CREATE ROLE scratch_poor LOGIN PASSWORD 'x'""");
	}

	@AfterAll
	static void dropAll() {
		DATABASE.execute("DROP ROLE scratch_poor, scratch_user, \"scratch \"\"owner\"");
		DATABASE.drop();
	}

	@AfterEach
	void resetSettings() {
		DATABASE.execute("ALTER DATABASE " + DATABASE.name() + " RESET ALL");
	}

	@Test
	void scratchDatabaseIsThereUntilItIsClosed(CapturedOutput output) throws SQLException {
		String name;
		try (ScratchDatabase scratch = server().create(null); Connection connection = scratch.connect()) {
			name = scratch.name();
			assertThat(ask(connection, "SELECT current_database()")).isEqualTo(name);
			assertThat(ask(connection, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = '%s'", name))
				.isEqualTo(DATABASE.user());
			assertThat(ask(connection,
					"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '%s'", name))
				.startsWith("Scratch database of a rehearsal");
		}

		assertThat(name).matches("veza_rehearsal_\\d+_[0-9a-f]{13}");
		assertThat(exists(name)).isFalse();
		assertThat(output).contains("The rehearsal creates the scratch database \"" + name + "\"");
	}

	@Test
	void scratchDatabasesOfParallelRehearsalsStay() throws Exception {
		try (ScratchDatabase first = server().create(null);
				ScratchDatabase second = CompletableFuture.supplyAsync(() -> server().create(null)).get();
				ScratchDatabase third = server().create(null)) {
			assertThat(List.of(first, second, third)).allMatch((scratch) -> exists(scratch.name()));
		}
	}

	@Test
	void scratchDatabaseOfAKilledRehearsalIsDroppedByTheNext(CapturedOutput output) throws SQLException {
		try (ScratchDatabase killed = server().create(null); Connection left = killed.connect()) {
			CompletableFuture<Void> running = CompletableFuture
				.runAsync(() -> assertThatExceptionOfType(SQLException.class)
					.isThrownBy(() -> ask(left, "SELECT pg_sleep(600)")));
			terminateKeeper(killed.name());

			server().create(null).close();

			assertThat(exists(killed.name())).isFalse();
			running.join();
		}
		assertThat(output).contains("was dropped, which a rehearsal that did not end has left");
	}

	@Test
	void closeWhenTheSessionIsLostDropsTheDatabase() {
		ScratchDatabase scratch = server().create(null);
		terminateKeeper(scratch.name());

		scratch.close();

		assertThat(exists(scratch.name())).isFalse();
	}

	@Test
	void closeWhenTheDatabaseCannotBeDroppedOnlySaysHowTo(CapturedOutput output) throws SQLException {
		ScratchDatabase scratch = server().create(null);
		try (Connection connection = scratch.connect()) {
			execute(connection, "BEGIN; CREATE TABLE t (); PREPARE TRANSACTION 'scratch'");
		}

		scratch.close();

		assertThat(output).contains("\"" + scratch.name() + "\" could not be dropped: ERROR: database \"")
			.contains("or execute: DROP DATABASE IF EXISTS \"" + scratch.name() + "\" WITH (FORCE)");
		try (Connection connection = access(DATABASE.user()).connect(scratch.name())) {
			execute(connection, "ROLLBACK PREPARED 'scratch'");
		}
		server().create(null).close();
		assertThat(exists(scratch.name())).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "veza_rehearsal_1", "veza_rehearsal_1_x", "veza_rehearsal_99999999_60a24181e4000_old",
			"xveza_rehearsal_99999999_60a24181e4000", "veza_rehearsal_99999999_12" })
	void databaseOfASimilarNameStays(String name) {
		DATABASE.execute("CREATE DATABASE " + name);

		server().create(null).close();

		assertThat(exists(name)).isTrue();
		DATABASE.execute("DROP DATABASE " + name);
	}

	@Test
	void databaseOfSuchANameWithAnotherCommentStays() {
		String name = "veza_rehearsal_99999998_60a24181e4000";
		DATABASE.execute("CREATE DATABASE " + name);
		DATABASE.execute("COMMENT ON DATABASE " + name + " IS 'Mine'");

		server().create(null).close();

		assertThat(exists(name)).isTrue();
		DATABASE.execute("DROP DATABASE " + name);
	}

	@Test
	void leftoverOfAnotherRoleStaysAndIsNamed(CapturedOutput output) {
		String name = "veza_rehearsal_99999997_60a24181e4000";
		DATABASE.execute("CREATE DATABASE " + name);

		new ScratchServer(access("scratch_user")).create(null).close();

		assertThat(exists(name)).isTrue();
		assertThat(output).contains("\"" + name + "\", which a rehearsal that did not end has left, could not be "
				+ "dropped: it belongs to another role. Execute as \"postgres\": DROP DATABASE IF EXISTS");
		DATABASE.execute("DROP DATABASE " + name);
	}

	@Test
	void scratchDatabaseOfASessionThatCannotBeLookedIntoStays() {
		try (ScratchDatabase other = server().create(null)) {
			DATABASE.execute("ALTER DATABASE %s OWNER TO scratch_user".formatted(other.name()));

			new ScratchServer(access("scratch_user")).create(null).close();

			assertThat(exists(other.name())).isTrue();
		}
	}

	@Test
	void ownerMayBeARoleOfWhichTheUserDoesNotInherit() throws SQLException {
		DATABASE.execute("ALTER DATABASE %s SET search_path = \"a b\"".formatted(DATABASE.name()));
		String name;
		try (ScratchDatabase scratch = new ScratchServer(access("scratch_user")).create("scratch \"owner");
				Connection connection = scratch.connect()) {
			name = scratch.name();
			assertThat(ask(connection, "SHOW search_path")).isEqualTo("\"a b\"");
			assertThat(ask(connection, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = '%s'", name))
				.isEqualTo("scratch \"owner");
		}

		assertThat(exists(name)).isFalse();
	}

	@Test
	void settingsOfTheDatabaseAreCopied() throws SQLException {
		DATABASE.execute("""
				ALTER DATABASE %1$s SET search_path = "$user", "A b", '';
				ALTER DATABASE %1$s SET timezone = 'Asia/Tokyo';
				ALTER DATABASE %1$s SET "app.text" = 'it''s, a \\ "value"';
				ALTER DATABASE %1$s SET statement_timeout = '7s'""".formatted(DATABASE.name()));

		try (ScratchDatabase scratch = server().create(null); Connection connection = scratch.connect()) {
			assertThat(settings(scratch.name())).isEqualTo(settings(DATABASE.name())).isNotEmpty();
			assertThat(ask(connection, "SHOW search_path")).isEqualTo("\"$user\", \"A b\", \"\"");
			assertThat(ask(connection, "SHOW app.text")).isEqualTo("it's, a \\ \"value\"");
		}
	}

	@Test
	void settingThatTheUserMayNotSetIsLeftOutAndNamed(CapturedOutput output) {
		DATABASE.execute("ALTER DATABASE %s SET log_min_duration_statement = 77".formatted(DATABASE.name()));

		new ScratchServer(access("scratch_user")).create(null).close();

		assertThat(output).contains("is without the setting \"log_min_duration_statement\" of the database");
	}

	@ParameterizedTest
	@MethodSource("locales")
	void localeOfTheDatabaseIsCopied(String options) {
		DATABASE.execute("CREATE DATABASE \"Scratch of \"\"locale\" TEMPLATE template0 " + options);
		String url = DATABASE.url().replace(DATABASE.name(), "Scratch%20of%20%22locale");
		ServerAccess access = new ServerAccess(url, DATABASE.user(), DATABASE.password());

		try (ScratchDatabase scratch = new ScratchServer(access).create(null)) {
			assertThat(locale(scratch.name())).isEqualTo(locale("Scratch of \"locale"));
		}
		finally {
			DATABASE.execute("DROP DATABASE \"Scratch of \"\"locale\" WITH (FORCE)");
		}
	}

	static List<String> locales() {
		int version = Integer.parseInt(DATABASE.query("SHOW server_version_num").get(0));
		List<String> locales = new ArrayList<>(List.of("ENCODING 'LATIN1' LOCALE 'C'", "ENCODING 'UTF8' LOCALE 'C'"));
		if (version >= 150000) {
			locales.add("ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'de-AT'");
		}
		if (version >= 160000) {
			locales.add("ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'en' ICU_RULES '&V << w'");
		}
		if (version >= 170000) {
			locales.add("ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'");
		}
		return locales;
	}

	@Test
	void userWithoutTheRightIsToldWhatToGrant() {
		assertThatExceptionOfType(RehearsalException.class)
			.isThrownBy(() -> new ScratchServer(access("scratch_poor")).create(null))
			.withMessage(
					"The user \"scratch_poor\" may not create a scratch database. If this server is not production, "
							+ "execute ALTER ROLE \"scratch_poor\" CREATEDB; otherwise set veza.migrations.rehearsal.url to a "
							+ "server that is not.");
	}

	@Test
	void ownerThatDoesNotExistIsNamed() {
		assertThatExceptionOfType(RehearsalException.class).isThrownBy(() -> server().create("no\"body"))
			.withMessage(
					"The role \"no\"body\" that is to own the scratch database does not exist on the server of the "
							+ "rehearsal. Create it there with CREATE ROLE \"no\"\"body\".");
	}

	@Test
	void ownerOfWhichTheUserIsNoMemberIsNamed() {
		assertThatExceptionOfType(RehearsalException.class)
			.isThrownBy(() -> new ScratchServer(access("scratch_user")).create("scratch_poor"))
			.withMessageEndingWith(
					"Execute GRANT \"scratch_poor\" TO \"scratch_user\" on the server of the rehearsal.");
	}

	@Test
	void failureLeavesNoSession() {
		assertThatExceptionOfType(RehearsalException.class).isThrownBy(() -> server().create("nobody"));

		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> DATABASE
				.query("SELECT pid FROM pg_stat_activity WHERE application_name = "
						+ "'veza-migrations rehearsal' AND datname = current_database()")
				.isEmpty());
	}

	@Test
	@EnabledIfPgBouncer
	void poolerIsRefused() {
		try (PgBouncer pooler = PgBouncer.start(DATABASE, PgBouncer.PoolMode.TRANSACTION, 2)) {
			ServerAccess access = new ServerAccess(pooler.url(), DATABASE.user(), DATABASE.password());

			assertThatExceptionOfType(RehearsalException.class).isThrownBy(() -> new ScratchServer(access).create(null))
				.withMessage("The connection of the rehearsal leads through a pooler, such as PgBouncer. "
						+ "Set veza.migrations.rehearsal.url to the server itself.");
		}
	}

	@Test
	void databaseOfTheUrlIsNotWritten() throws SQLException {
		TestDatabase quiet = TestDatabase.create();
		quiet.execute("ALTER DATABASE " + quiet.name() + " SET timezone = 'UTC'");
		List<String> before = quiet.writes();

		try (ScratchDatabase scratch = new ScratchServer(new ServerAccess(quiet.url(), quiet.user(), quiet.password()))
			.create(null); Connection work = scratch.connect()) {
			execute(work, "CREATE TABLE t (id int); INSERT INTO t VALUES (1)");
		}

		assertThat(quiet.writes()).isEqualTo(before);
		quiet.drop();
	}

	private static ScratchServer server() {
		return new ScratchServer(access(DATABASE.user()));
	}

	private static ServerAccess access(String user) {
		return new ServerAccess(DATABASE.url(), user, user.equals(DATABASE.user()) ? DATABASE.password() : "x");
	}

	private static boolean exists(String name) {
		return !DATABASE.query("SELECT 1 FROM pg_database WHERE datname = '" + name + "'").isEmpty();
	}

	private static void terminateKeeper(String name) {
		String pid = name.split("_")[2];
		DATABASE.execute("SELECT pg_terminate_backend(" + pid + ")");
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> DATABASE.query("SELECT 1 FROM pg_stat_activity WHERE pid = " + pid).isEmpty());
	}

	private static List<String> settings(String name) {
		return DATABASE.query("""
				SELECT unnest(setconfig) AS setting
				FROM pg_db_role_setting
				WHERE setrole = 0 AND setdatabase = (SELECT oid FROM pg_database WHERE datname = '%s')
				ORDER BY setting""".formatted(name));
	}

	private static String locale(String name) {
		return DATABASE.query("""
				SELECT to_jsonb(d) - ARRAY['oid', 'datname', 'datfrozenxid', 'datminmxid', 'datlastsysoid']
				FROM pg_database d
				WHERE datname = '%s'""".formatted(name)).get(0);
	}

	private static String ask(Connection connection, String sql, Object... arguments) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql.formatted(arguments))) {
			row.next();
			return row.getString(1);
		}
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
