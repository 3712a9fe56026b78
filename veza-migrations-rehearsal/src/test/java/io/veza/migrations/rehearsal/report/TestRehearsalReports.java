package io.veza.migrations.rehearsal.report;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.Migration;
import io.veza.migrations.Migration.Content;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.RehearsalFinding.Severity;
import io.veza.migrations.Reversibility;
import io.veza.migrations.rehearsal.RehearsalReport;
import io.veza.migrations.rehearsal.effect.LockMode;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.effect.RehearsedMigration.ChangeKind;
import io.veza.migrations.rehearsal.effect.RehearsedMigration.SecondTime;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.effect.RowDifference;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.rehearsal.effect.StatementEffect.Observation;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.MigrationSection;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlScript;
import io.veza.migrations.sql.StatementReader;
import org.jspecify.annotations.Nullable;

/**
 * Reports of rehearsals that never were.
 */
public final class TestRehearsalReports {

	private static final String FILE = "db/migrations/002_drop_email.sql";

	private TestRehearsalReports() {
	}

	/**
	 * Return a report with something of everything.
	 * @return the report
	 */
	public static RehearsalReport full() {
		return report(createUsers("001"), dropEmail(), createIndex(), fails());
	}

	/**
	 * Return a report in which nothing is wrong.
	 * @return the report
	 */
	public static RehearsalReport clean() {
		return report(createUsers("001"));
	}

	/**
	 * Return a report of migrations that there are.
	 * @param verdicts whether their DOWNs restore
	 * @return the report
	 */
	public static RehearsalReport of(Map<Migration, Reversibility> verdicts) {
		return report(verdicts.entrySet()
			.stream()
			.map((entry) -> rehearsed(entry.getKey(), entry.getValue()))
			.toArray(RehearsedMigration[]::new));
	}

	private static RehearsedMigration rehearsed(Migration migration, Reversibility verdict) {
		boolean exact = verdict == Reversibility.EXACT;
		RehearsedSection section = section(true, 1, List.of());
		RehearsedSection down = (verdict == Reversibility.DOWN_FAILED)
				? new RehearsedSection(true, Duration.ZERO, List.of(), List.of(), failure(migration.file())) : section;
		return new RehearsedMigration(migration, verdict, section, down, section,
				exact ? List.of()
						: List.of(new CatalogDifference("column", "public.b.email", "public.b", "text NOT NULL", null)),
				List.of(), SecondTime.SAME, Set.of(),
				exact ? List.of()
						: List.of(new RehearsalFinding("down-does-not-restore", Severity.ERROR, migration.file(), 4, 1,
								"public.b", "The DOWN of \"b\" does not restore.", "Data is lost.", "SELECT 1;",
								null)));
	}

	/**
	 * Return a report of many migrations.
	 * @param count how many
	 * @return the report
	 */
	public static RehearsalReport large(int count) {
		return report(
				IntStream.rangeClosed(1, count).mapToObj((number) -> dropEmail()).toArray(RehearsedMigration[]::new));
	}

	/**
	 * Return a report of a migration that creates tables.
	 * @param count how many
	 * @return the report
	 */
	public static RehearsalReport creating(int count) {
		RehearsedSection up = section(true, 1,
				IntStream.rangeClosed(1, count)
					.mapToObj((number) -> new CatalogDifference("table", "t" + number, "t" + number, null, "TABLE"))
					.toList());
		return report(new RehearsedMigration(migration("1", "tables", "1_tables.sql"), Reversibility.EXACT, up, up, up,
				List.of(), List.of(), SecondTime.SAME, Set.of(), List.of()));
	}

	/**
	 * Return a report in which every text is hostile.
	 * @param text the text
	 * @return the report
	 */
	public static RehearsalReport hostile(String text) {
		StatementEffect statement = statement(1, text, 3,
				relation(text, true, LockMode.ACCESS_EXCLUSIVE, true, true, 1));
		CatalogDifference difference = new CatalogDifference(text, text, text, text, text);
		RehearsedSection section = new RehearsedSection(true, Duration.ofMillis(1), List.of(statement),
				List.of(difference), failure(text));
		RehearsalFinding finding = new RehearsalFinding(text, Severity.ERROR, text, 3, 1, text, text, text, text, null);
		return new RehearsalReport(text, text, Instant.EPOCH, Duration.ofSeconds(1), List.of(),
				List.of(new RehearsedMigration(migration("9", text, text), Reversibility.NO, section, section, section,
						List.of(difference), List.of(new RowDifference(text, 1, 2, 3, List.of(text))),
						SecondTime.FAILED, Set.of(), List.of(finding, finding.acceptedFor(text)))),
				List.of());
	}

	private static RehearsalReport report(RehearsedMigration... migrations) {
		return new RehearsalReport("17.11", "veza_rehearsal_1", Instant.parse("2024-01-15T10:00:00Z"),
				Duration.ofMillis(1234), List.of(MigrationVersion.of("000")), List.of(migrations),
				(migrations.length > 1) ? List.of(MigrationVersion.of("005")) : List.of());
	}

	private static RehearsedMigration createUsers(String version) {
		String table = "public.users";
		RehearsedSection up = section(true, 12,
				List.of(new CatalogDifference("table", table, table, null, "TABLE"),
						new CatalogDifference("column", table + ".id", table, null, "bigint"),
						new CatalogDifference("function", "public.touch()", null, null, "FUNCTION")),
				statement(1, "CREATE TABLE users (\n  id bigint PRIMARY KEY\n)", 3,
						relation(table, false, LockMode.ACCESS_EXCLUSIVE, true, false, 0)));
		RehearsedSection down = section(true, 3, List.of(),
				statement(1, "DROP TABLE users", 9, relation(table, true, LockMode.ACCESS_EXCLUSIVE, true, false, 0)));
		return new RehearsedMigration(migration(version, "create_users", "db/migrations/001_create_users.sql"),
				Reversibility.EXACT, up, down, up, List.of(), List.of(), SecondTime.SAME, EnumSet.of(ChangeKind.SCHEMA),
				List.of());
	}

	private static RehearsedMigration dropEmail() {
		String users = "public.users";
		RehearsedSection up = section(true, 31,
				List.of(new CatalogDifference("column", users + ".email", users, "character varying(255) NOT NULL",
						null)),
				statement(1, "UPDATE users SET name = lower(name)", 3,
						relation(users, true, LockMode.ROW_EXCLUSIVE, true, false, 3)),
				statement(2, "ALTER TABLE users\n  DROP COLUMN email", 4,
						relation(users, true, LockMode.ACCESS_EXCLUSIVE, true, false, 0)),
				statement(3, "ALTER TABLE orders ALTER COLUMN id TYPE bigint", 6,
						relation("public.orders", true, LockMode.ACCESS_EXCLUSIVE, true, true, 0),
						relation(users, true, LockMode.ACCESS_EXCLUSIVE, false, false, 0)));
		RehearsedSection down = section(true, 5, List.of(),
				statement(1, "ALTER TABLE users ADD COLUMN email varchar(255)", 10,
						relation(users, true, LockMode.ACCESS_EXCLUSIVE, true, false, 0)));
		List<CatalogDifference> notRestored = List.of(new CatalogDifference("column", users + ".email", users,
				"character varying(255) NOT NULL", "character varying(255)"));
		return new RehearsedMigration(migration("002", "drop_email", FILE), Reversibility.NO, up, down, up, notRestored,
				List.of(new RowDifference(users, 0, 0, 3, List.of("1", "2"))), SecondTime.SAME,
				EnumSet.of(ChangeKind.SCHEMA, ChangeKind.DATA), findings());
	}

	private static List<RehearsalFinding> findings() {
		return List.of(new RehearsalFinding("column-dropped", Severity.ERROR, FILE, 5, 3, "public.users",
				"The column \"email\" of \"public.users\" is dropped.",
				"Instances of the previous release that still run select it and fail.",
				"-- first release: stop reading the column\n-- next release:\nALTER TABLE users DROP COLUMN email;",
				null),
				new RehearsalFinding("down-changes-column-order", Severity.ADVICE, FILE, 10, 1, "public.users",
						"The DOWN puts the column at the end.", "SELECT * returns other columns.", "", null),
				new RehearsalFinding("second-heavy-lock", Severity.WARNING, FILE, 6, 1, "public.orders",
						"A second table is locked.", "Deadlocks.", "SELECT 1;", "the table is small"));
	}

	private static RehearsedMigration createIndex() {
		String file = "db/migrations/003_index.sql";
		StatementEffect concurrently = new StatementEffect(1,
				"CREATE INDEX CONCURRENTLY idx_users_name ON users (name)", 3, 1, Observation.DOCUMENTED,
				Duration.ofMillis(40),
				List.of(relation("public.users", true, LockMode.SHARE_UPDATE_EXCLUSIVE, true, false, 0)), List.of());
		StatementEffect blocking = statement(2, "CREATE INDEX idx_orders_at ON orders (at)", 4,
				relation("public.orders", true, LockMode.SHARE, true, false, 0));
		RehearsedSection up = section(false, 60, List.of(), concurrently, blocking);
		return new RehearsedMigration(migration("003", "index", file), Reversibility.EXCEPT_COLUMN_ORDER, up,
				section(true, 1, List.of()), up, List.of(), List.of(), SecondTime.DIFFERENT,
				EnumSet.of(ChangeKind.INDEX), List.of());
	}

	private static RehearsedMigration fails() {
		String file = "db/migrations/004_fails.sql";
		RehearsedSection up = new RehearsedSection(true, Duration.ofMillis(2), List.of(), List.of(), failure(file));
		return new RehearsedMigration(migration("004", "fails", file), Reversibility.UP_FAILED, up, null, null,
				List.of(), List.of(), SecondTime.NOT_RUN, Set.of(), List.of());
	}

	private static SqlFailure failure(String file) {
		return new SqlFailure(file, 3, 15, "SELECT * FROM nowhere", "42P01", "relation \"nowhere\" does not exist",
				null, null, null, "Create it before.");
	}

	private static RehearsedSection section(boolean transactional, long ms, List<CatalogDifference> changes,
			StatementEffect... statements) {
		return new RehearsedSection(transactional, Duration.ofMillis(ms), List.of(statements), changes, null);
	}

	private static StatementEffect statement(int number, String sql, int line, RelationEffect... relations) {
		return new StatementEffect(number, sql, line, 1, Observation.OBSERVED, Duration.ofNanos(number * 1_500_000L),
				List.of(relations), List.of());
	}

	private static RelationEffect relation(String name, boolean existed, LockMode lock, boolean taken,
			boolean rewritten, long updated) {
		return new RelationEffect(name, RelationKind.TABLE, existed, lock, taken, rewritten, false,
				(updated > 0) ? 1 : 0, updated, 0, updated, 0, null, null);
	}

	private static Migration migration(String version, String description, String file) {
		Content content = new Content(new Checksum("v1:up" + version), new Checksum("down" + version), section(null),
				section(null));
		return new Migration(MigrationVersion.of(version), description, file, new Checksum("file" + version),
				() -> content);
	}

	private static MigrationSection section(@Nullable String irreversible) {
		return new MigrationSection(Map.of(), true, null, null, List.of(), irreversible, 0, new NoScript());
	}

	private record NoScript() implements SqlScript {

		@Override
		public StatementReader open() {
			throw new UnsupportedOperationException();
		}

		@Override
		public Optional<String> text(int maxBytes) {
			return Optional.empty();
		}

	}

}
