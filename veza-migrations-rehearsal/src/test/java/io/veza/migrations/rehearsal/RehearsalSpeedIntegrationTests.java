package io.veza.migrations.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.veza.migrations.rehearsal.effect.RehearsedMigration.SecondTime;
import io.veza.migrations.rehearsal.scratch.ServerAccess;
import io.veza.migrations.testsupport.EnabledIfPgDump;
import io.veza.migrations.testsupport.PostgresPrograms;
import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileCopyUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures how long a rehearsal takes, beside what {@code psql} needs to apply the same
 * migrations three times to the same server. The figures are printed: whether they are
 * good depends on what else the machine does.
 */
@EnabledIfSystemProperty(named = "veza.test.full", matches = "true")
@EnabledIfPgDump
class RehearsalSpeedIntegrationTests {

	private static final int MIGRATIONS = 285;

	private static final int TIMES = 3;

	private final GeneratedHistory history = GeneratedHistory.of(MIGRATIONS);

	@TempDir
	private Path folder;

	@Test
	void rehearsalOfALongHistoryIsMeasuredBesidePsql() {
		List<Path> ups = this.history.ups(this.folder.resolve("ups"));
		String location = this.history.migrations(this.folder.resolve("migrations")).location();
		double oneProcess = seconds(() -> repeat((database) -> psql(database, ups)));
		double oneForEachFile = seconds(() -> repeat((database) -> ups.forEach((up) -> psql(database, List.of(up)))));
		List<RehearsalReport> reports = new ArrayList<>();
		double rehearsal = seconds(() -> reports.add(rehearse(location)));

		System.out.printf(
				"%d migrations: rehearsed in %.1f s. psql applies them three times in %.1f s with one process (%.1f x), "
						+ "in %.1f s with one for each file (%.1f x).%n",
				MIGRATIONS, rehearsal, oneProcess, rehearsal / oneProcess, oneForEachFile, rehearsal / oneForEachFile);
		assertThat(reports.get(0).migrations()).hasSize(MIGRATIONS)
			.allSatisfy((migration) -> assertThat(migration.secondTime()).isEqualTo(SecondTime.SAME));
	}

	private static RehearsalReport rehearse(String location) {
		TestServer server = TestServer.get();
		String url = "jdbc:postgresql://" + server.host() + ":" + server.port() + "/postgres";
		return Rehearsal.of(new ServerAccess(url, server.user(), server.password())).locations(location).run();
	}

	private static void repeat(Application application) {
		for (int i = 0; i < TIMES; i++) {
			TestDatabase database = TestDatabase.create();
			application.applyTo(database);
			database.drop();
		}
	}

	private static void psql(TestDatabase database, List<Path> files) {
		List<String> command = new ArrayList<>(
				List.of(PostgresPrograms.path("psql").toString(), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"));
		files.forEach((file) -> command.add("--file=" + file));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		TestServer server = TestServer.get();
		builder.environment()
			.putAll(Map.of("PGHOST", server.host(), "PGPORT", String.valueOf(server.port()), "PGUSER", server.user(),
					"PGPASSWORD", server.password(), "PGDATABASE", database.name()));
		try {
			Process process = builder.start();
			String output = FileCopyUtils.copyToString(process.inputReader());
			assertThat(process.onExit().join().exitValue()).as(output).isZero();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static double seconds(Runnable work) {
		long begin = System.nanoTime();
		work.run();
		return (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
	}

	/**
	 * Applies the migrations.
	 */
	private interface Application {

		void applyTo(TestDatabase database);

	}

}
