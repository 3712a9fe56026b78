package io.veza.migrations.backup;

import java.sql.SQLException;

import io.veza.migrations.testsupport.TestDatabase;
import io.veza.migrations.testsupport.TestSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BackupWritersIntegrationTests {

	private static final String UP = "CREATE TABLE users (id int PRIMARY KEY, name text, email text)";

	private static final String INSERT = "INSERT INTO users VALUES (%1$d, 'user %1$d', '%1$d@x')";

	private static final String COMPLETE = """
			SELECT count(*), max(id) FROM users WHERE name = 'user ' || id AND email = id || '@x'""";

	private final TestDatabase database = TestDatabase.create();

	private BackupRun run;

	@BeforeEach
	void begin() throws SQLException {
		this.database.execute(UP);
		this.run = BackupRun.on(this.database);
	}

	@AfterEach
	void drop() throws SQLException {
		this.run.close();
		this.database.drop();
	}

	@RepeatedTest(3)
	void allThatWasCommittedComesBackWithTheTable() throws SQLException {
		try (CommittingWriter writer = CommittingWriter.writing(this.database, INSERT)) {
			this.run.rollback("DROP TABLE users");
			int committed = writer.stop();
			this.database.execute(UP);
			this.run.restore();

			assertThat(this.database.query(COMPLETE)).containsExactly(committed + "|" + committed);
		}
	}

	@RepeatedTest(3)
	void allThatWasCommittedComesBackWithTheColumn() throws SQLException {
		try (CommittingWriter writer = CommittingWriter.writing(this.database, INSERT)) {
			this.run.rollback("ALTER TABLE users DROP COLUMN email");
			int committed = writer.stop();
			this.database.execute("ALTER TABLE users ADD COLUMN email text");
			this.run.restore();

			assertThat(this.database.query(COMPLETE)).containsExactly(committed + "|" + committed);
		}
	}

	@RepeatedTest(3)
	void allThatWasCommittedIsThereAfterRowsComeBack() throws SQLException {
		try (CommittingWriter writer = CommittingWriter.writing(this.database, INSERT)) {
			this.run.rollback("DELETE FROM users WHERE id % 2 = 0");
			writer.awaitMore();
			int committed = writer.stop();
			this.run.restore();

			assertThat(this.database.query(COMPLETE)).containsExactly(committed + "|" + committed);
		}
	}

	@RepeatedTest(3)
	void latestUpdateComesBack() throws SQLException {
		this.database.execute("INSERT INTO users VALUES (1, 'user 1', '0')");
		try (CommittingWriter writer = CommittingWriter.writing(this.database,
				"UPDATE users SET email = '%1$d' WHERE id = 1")) {
			this.run.rollback("ALTER TABLE users DROP COLUMN email");
			int committed = writer.stop();
			this.database.execute("ALTER TABLE users ADD COLUMN email text");
			this.run.restore();

			assertThat(this.database.query("SELECT email FROM users")).containsExactly(String.valueOf(committed));
		}
	}

	@Test
	void nobodyWritesBetweenTheCopyAndTheDown() throws SQLException {
		this.database.execute("INSERT INTO users VALUES (1)");
		this.run.begin();
		this.run.keep(this.run.rehearse("DELETE FROM users"), this.run.operation());

		try (TestSession writer = TestSession.executed(this.database.dataSource(), "SET lock_timeout = '50ms'")) {
			writer.execute("SELECT * FROM users");
			assertThatThrownBy(() -> writer.execute("UPDATE users SET name = 'x'"))
				.hasMessageContaining("due to lock timeout");
		}
	}

}
