package io.veza.migrations.backup;

import java.sql.SQLException;
import java.util.List;

import io.veza.migrations.testsupport.JavaProcess;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LargeBackupIntegrationTests {

	private static final String DIGEST = "SELECT count(*), md5(string_agg(payload, '' ORDER BY id)) FROM big";

	private final TestDatabase database = TestDatabase.create();

	@BeforeEach
	void fill() {
		this.database.execute("""
				CREATE TABLE big (id int PRIMARY KEY, payload text);
				INSERT INTO big SELECT n, md5(n::text) FROM generate_series(1, 1000000) n""");
	}

	@AfterEach
	void drop() {
		this.database.drop();
	}

	@Test
	void millionRowsComeBackThroughAProcessWithLittleMemory() {
		List<String> before = this.database.query(DIGEST);

		try (JavaProcess process = JavaProcess.start(LargeBackup.class, List.of("-Xmx24m"),
				List.of(this.database.url(), this.database.user(), this.database.password()))) {
			process.awaitLine("kept 1000000");
			process.awaitLine("restored 1000000");
			assertThat(process.awaitExit()).isZero();
		}

		assertThat(this.database.query(DIGEST)).isEqualTo(before);
	}

	@Test
	void fewOfAMillionRowsAreKept() throws SQLException {
		List<String> before = this.database.query(DIGEST);

		try (BackupRun run = BackupRun.on(this.database)) {
			assertThat(run.rollback("DELETE FROM big WHERE id % 100000 = 7").bytes()).isLessThan(64 * 1024);
			run.restore();
		}

		assertThat(this.database.query(DIGEST)).isEqualTo(before);
	}

}
