package io.veza.migrations.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.veza.migrations.DataLoss.Kind;
import io.veza.migrations.backup.KeptOperation.KeptObject;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackupCatalogueIntegrationTests {

	private static final UUID LATER = UUID.fromString("00000000-0000-4000-8000-000000000002");

	private final TestDatabase database = TestDatabase.create();

	private final BackupCatalogue catalogue = new BackupCatalogue(BackupRun.SCHEMA);

	private BackupRun run;

	@BeforeEach
	void begin() throws SQLException {
		this.database.execute("""
				CREATE TABLE users (id serial PRIMARY KEY, name text);
				INSERT INTO users (name) VALUES ('ann'), ('bob')""");
		this.run = BackupRun.on(this.database);
	}

	@AfterEach
	void drop() throws SQLException {
		this.run.close();
		this.database.drop();
	}

	@Test
	void withoutBackupsThereIsNothingToFindOrToDrop() throws SQLException {
		assertThat(find()).isEmpty();
		assertThat(expire(Instant.now())).isEmpty();
		this.database.execute("CREATE SCHEMA veza_backup");
		assertThat(find()).isEmpty();
	}

	@Test
	void operationsAreFoundWithWhatTheyKeep() throws SQLException {
		this.run.rollback("ALTER TABLE users DROP COLUMN name");
		this.run.rollback("DROP TABLE users", LATER);

		assertThat(find()).extracting(KeptOperation::id).containsExactly(this.run.operation(), LATER);
		KeptOperation first = find().get(0);
		assertThat(first.versions()).containsExactly("004", "003");
		assertThat(first.requestedBy()).isEqualTo("olivia");
		assertThat(first.reason()).isEqualTo("a bad release");
		assertThat(first.bytes()).isPositive();
		assertThat(first.restoredAt()).isNull();
		assertThat(first.objects())
			.containsExactly(new KeptObject(Kind.COLUMNS, "public.users", List.of("name"), "v004_users_1a2b3c4d_1", 2));
		assertThat(find().get(1).objects()).containsExactly(
				new KeptObject(Kind.TABLE, "public.users", List.of(), "v004_users_00000000_1", 2),
				new KeptObject(Kind.SEQUENCE, "public.users_id_seq", List.of(), null, 0));
	}

	@Test
	void restoredOperationSaysSo() throws SQLException {
		this.run.rollback("DELETE FROM users");
		this.run.restore();

		assertThat(find()).singleElement().satisfies((operation) -> {
			assertThat(operation.restoredAt()).isNotNull();
			assertThat(operation.restoredBy()).isEqualTo("rita");
		});
	}

	@Test
	void operationsOfLongAgoAreDropped() throws SQLException {
		this.run.rollback("DELETE FROM users WHERE id = 1");
		this.run.rollback("DROP TABLE users", LATER);
		this.database.execute(
				"UPDATE veza_backup.backups SET created_at = '2020-01-01' WHERE operation_id <> '%s'".formatted(LATER));

		assertThat(expire(Instant.parse("2020-01-02T00:00:00Z"))).extracting(KeptOperation::id)
			.containsExactly(this.run.operation());

		assertThat(find()).extracting(KeptOperation::id).containsExactly(LATER);
		assertThat(this.database.objects()).contains("r veza_backup.v004_users_00000000_1")
			.doesNotContain("r veza_backup.v004_users_1a2b3c4d_1");
		assertThat(expire(Instant.parse("2020-01-02T00:00:00Z"))).isEmpty();
	}

	@Test
	void backupThatSomebodyDroppedExpires() throws SQLException {
		this.run.rollback("DROP TABLE users");
		this.database.execute("DROP TABLE veza_backup.v004_users_1a2b3c4d_1");

		assertThat(expire(Instant.now().plusSeconds(60))).hasSize(1);
		assertThat(find()).isEmpty();
	}

	@Test
	void nothingOfABackupIsALossWhenItExpires() throws SQLException {
		this.run.rollback("DROP TABLE users");

		assertThat(this.run.lost("DROP TABLE veza_backup.v004_users_1a2b3c4d_1")).isEmpty();
	}

	private List<KeptOperation> find() throws SQLException {
		try (Connection connection = this.database.connect()) {
			return this.catalogue.find(connection);
		}
	}

	private List<KeptOperation> expire(Instant olderThan) throws SQLException {
		try (Connection connection = this.database.connect()) {
			return this.catalogue.expire(connection, olderThan);
		}
	}

}
