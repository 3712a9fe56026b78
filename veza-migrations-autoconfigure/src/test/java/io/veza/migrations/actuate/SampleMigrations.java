package io.veza.migrations.actuate;

import java.io.Reader;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.HeldMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.Migration.Content;
import io.veza.migrations.MigrationInfo;
import io.veza.migrations.MigrationState;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.MigrationSection;
import io.veza.migrations.sql.SqlScript;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.StatementReader;
import org.jspecify.annotations.Nullable;

/**
 * SampleMigrations of the engine as the tests of this package need them.
 */
public final class SampleMigrations {

	public static final MigrationVersion V1 = MigrationVersion.of("001");

	static final LocalDateTime TEN_O_CLOCK = LocalDateTime.of(2024, 1, 15, 10, 0);

	private SampleMigrations() {
	}

	static MigrationSection section(Map<String, String> metadata, @Nullable String irreversible, String... statements) {
		return new MigrationSection(metadata, true, null, null, List.of(), irreversible, statements.length,
				new Script(List.of(statements)));
	}

	public static Migration migration(String... upStatements) {
		Content content = new Content(new Checksum("v1:up"), new Checksum("down"),
				section(Map.of("Author", "Ada", "Date", "2024-01-15"), null, upStatements),
				section(Map.of("Rollback", "Drop users"), null, "DROP TABLE users"));
		return new Migration(V1, "create_users", "db/migrations/001_create_users.sql", new Checksum("c0ffee"),
				() -> content);
	}

	public static AppliedMigration row(@Nullable String appliedBy, @Nullable Integer executionTime) {
		return new AppliedMigration(1, V1, "create_users", TEN_O_CLOCK, new Checksum("stored"), null, executionTime,
				false, true, appliedBy);
	}

	public static MigrationInfo info(@Nullable Migration file, @Nullable AppliedMigration row) {
		return new MigrationInfo(V1, "create_users", (row != null) ? MigrationState.APPLIED : MigrationState.PENDING,
				file, row, null);
	}

	public static MigrationInfo held(@Nullable String requestedBy, @Nullable String reason) {
		HeldMigration held = new HeldMigration(V1, TEN_O_CLOCK.toInstant(ZoneOffset.UTC), requestedBy, "app", reason,
				new Checksum("v1:up"));
		return new MigrationInfo(V1, "create_users", MigrationState.HELD, migration("SELECT 1"), null, null, held);
	}

	private record Script(List<String> statements) implements SqlScript {

		@Override
		public StatementReader open() {
			return new ListReader(new ArrayList<>(this.statements));
		}

		@Override
		public Optional<String> text(int maxBytes) {
			return Optional.of(String.join(";\n", this.statements));
		}

	}

	private record ListReader(List<String> left) implements StatementReader {

		@Override
		public boolean hasNext() {
			return !this.left.isEmpty();
		}

		@Override
		public SqlStatement next() {
			return new SqlStatement(this.left.remove(0), 10 - this.left.size(), 1, SqlStatement.Kind.ORDINARY);
		}

		@Override
		public Reader copyData() {
			throw new IllegalStateException();
		}

		@Override
		public int copyDataLine() {
			throw new IllegalStateException();
		}

		@Override
		public Checksum finish() {
			throw new IllegalStateException();
		}

		@Override
		public void close() {
		}

	}

}
