package io.veza.migrations.crash;

import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.veza.migrations.testsupport.MigrationFolder;

/**
 * Thirty migrations of every kind, each with a DOWN that restores what was there. Their
 * data do not depend on time, chance or numbers that a sequence has given, so that two
 * databases can be compared.
 */
final class MixedMigrations {

	private static final String OFF = "-- veza: transaction=off\n";

	private static final Pattern ROWS = Pattern.compile("\\{(\\d+)}");

	private final MigrationFolder folder;

	private final int scale;

	private MixedMigrations(MigrationFolder folder, int scale) {
		this.folder = folder;
		this.scale = scale;
	}

	/**
	 * Write the migrations.
	 * @param path where to
	 * @param scale how many times the smallest number of rows
	 * @return the folder
	 */
	static MigrationFolder write(Path path, int scale) {
		MixedMigrations migrations = new MixedMigrations(MigrationFolder.in(path), scale);
		migrations.writeTablesAndIndexes();
		migrations.writeConstraintsAndData();
		migrations.writeMixed();
		migrations.writeLater();
		return migrations.folder;
	}

	private void writeTablesAndIndexes() {
		with("001_create_accounts",
				"""
						CREATE TABLE accounts (
							id BIGINT PRIMARY KEY,
							email TEXT NOT NULL,
							region TEXT NOT NULL,
							balance INTEGER NOT NULL
						);
						INSERT INTO accounts (id, email, region, balance)
						SELECT i, 'user' || i || '@example.org', 'region ' || i % 97, i % 1000 FROM generate_series(1, {6000}) i;
						COMMENT ON TABLE accounts IS 'who has an account';""",
				"DROP TABLE accounts;");
		with("002_create_entries", """
				CREATE TABLE entries (
					id BIGINT PRIMARY KEY,
					account_id BIGINT NOT NULL,
					amount INTEGER NOT NULL,
					note TEXT
				);
				INSERT INTO entries (id, account_id, amount, note)
				SELECT i, 1 + i % {6000}, i % 500, 'entry ' || i FROM generate_series(1, {10000}) i;""",
				"DROP TABLE entries;");
		with("003_copy_places", """
				CREATE TABLE places (id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL);
				""" + copy("places (id, name, country)", 1, rows(5000), (i) -> "place " + i + "\tcountry " + i % 195),
				"DROP TABLE places;");
		with("004_index_email", "CREATE UNIQUE INDEX CONCURRENTLY accounts_email_key ON accounts (email);",
				"DROP INDEX CONCURRENTLY accounts_email_key;");
		with("005_account_total", """
				CREATE FUNCTION account_total(account BIGINT) RETURNS BIGINT AS $$
				BEGIN
					RETURN (SELECT coalesce(sum(amount), 0) FROM entries WHERE account_id = account);
				END;
				$$ LANGUAGE plpgsql STABLE;""", "DROP FUNCTION account_total(BIGINT);");
		with("006_add_status", """
				CREATE TYPE status AS ENUM ('new', 'open', 'closed');
				ALTER TABLE accounts ADD COLUMN status status NOT NULL DEFAULT 'new';""", """
				ALTER TABLE accounts DROP COLUMN status;
				DROP TYPE status;""");
		with("007_freeze_accounts", "ALTER TYPE status ADD VALUE 'frozen' BEFORE 'closed';", """
				ALTER TABLE accounts ALTER COLUMN status DROP DEFAULT;
				ALTER TYPE status RENAME TO old_status;
				CREATE TYPE status AS ENUM ('new', 'open', 'closed');
				ALTER TABLE accounts ALTER COLUMN status TYPE status USING status::text::status;
				ALTER TABLE accounts ALTER COLUMN status SET DEFAULT 'new';
				DROP TYPE old_status;""");
		with("008_index_account", "CREATE INDEX CONCURRENTLY ON entries (account_id);",
				"DROP INDEX CONCURRENTLY entries_account_id_idx;");
	}

	private void writeConstraintsAndData() {
		with("009_reference_account", """
				ALTER TABLE entries ADD CONSTRAINT entries_account_id_fkey
				FOREIGN KEY (account_id) REFERENCES accounts (id) NOT VALID;""",
				"ALTER TABLE entries DROP CONSTRAINT entries_account_id_fkey;");
		with("010_validate_account", "ALTER TABLE entries VALIDATE CONSTRAINT entries_account_id_fkey;", """
				ALTER TABLE entries DROP CONSTRAINT entries_account_id_fkey;
				ALTER TABLE entries ADD CONSTRAINT entries_account_id_fkey
				FOREIGN KEY (account_id) REFERENCES accounts (id) NOT VALID;""");
		with("011_grant_bonus", "UPDATE accounts SET balance = balance + 10, status = 'open' WHERE id % 3 = 0;",
				"UPDATE accounts SET balance = balance - 10, status = 'new' WHERE id % 3 = 0;");
		with("012_index_region", "CREATE INDEX CONCURRENTLY IF NOT EXISTS accounts_region_idx ON accounts (region);",
				"DROP INDEX CONCURRENTLY IF EXISTS accounts_region_idx;");
		with("013_copy_entries",
				copy("entries (id, account_id, amount, note)", rows(10000) + 1, rows(14000),
						(i) -> (1 + i % rows(6000)) + "\t" + i % 300 + "\t\\N")
						+ "UPDATE entries SET note = 'copied' WHERE note IS NULL;",
				"DELETE FROM entries WHERE id > {10000};");
		with("014_check_amounts", """
				ALTER TABLE entries ADD CONSTRAINT entries_amount_check CHECK (amount >= 0) NOT VALID;
				ALTER TABLE entries VALIDATE CONSTRAINT entries_amount_check;""",
				"ALTER TABLE entries DROP CONSTRAINT entries_amount_check;");
	}

	private void writeMixed() {
		with("015_keep_audit", OFF + """
				CREATE TABLE audit (id INTEGER PRIMARY KEY, what TEXT NOT NULL, rate NUMERIC);
				BEGIN;
				INSERT INTO audit (id, what) SELECT i, 'what ' || i FROM generate_series(1, {4000}) i;
				INSERT INTO audit (id, what) VALUES (100001, 'last of the first block');
				COMMIT;
				UPDATE audit SET rate = id / 4.0 WHERE id % 2 = 0;
				CREATE INDEX CONCURRENTLY audit_what_idx ON audit (what);
				INSERT INTO audit (id, what) VALUES (100002, 'after the index');""", OFF + """
				DROP INDEX CONCURRENTLY audit_what_idx;
				BEGIN;
				DELETE FROM audit WHERE id > {2000};
				DELETE FROM audit WHERE id <= {2000};
				COMMIT;
				DROP TABLE audit;""");
		with("016_rebuild_email", "REINDEX INDEX CONCURRENTLY accounts_email_key;",
				"REINDEX INDEX CONCURRENTLY accounts_email_key;");
		with("017_create_measures", """
				CREATE TABLE measures (id INTEGER NOT NULL, value INTEGER NOT NULL) PARTITION BY RANGE (id);
				CREATE TABLE measures_1 PARTITION OF measures FOR VALUES FROM (0) TO (5000);
				CREATE TABLE measures_2 PARTITION OF measures FOR VALUES FROM (5000) TO (10000);
				INSERT INTO measures (id, value) SELECT i, i % 7 FROM generate_series(1, 9999) i;""",
				"DROP TABLE measures;");
		with("018_detach_measures", "ALTER TABLE measures DETACH PARTITION measures_1 CONCURRENTLY;", """
				ALTER TABLE measures_1 DROP CONSTRAINT IF EXISTS measures_1_id_check;
				ALTER TABLE measures ATTACH PARTITION measures_1 FOR VALUES FROM (0) TO (5000);""");
		with("019_vacuum_entries", "VACUUM (ANALYZE) entries;", "VACUUM entries;");
		with("020_index_expressions", """
				CREATE INDEX CONCURRENTLY ON accounts (lower(email));
				CREATE INDEX CONCURRENTLY ON accounts (lower(region));""", """
				DROP INDEX CONCURRENTLY accounts_lower_idx1;
				DROP INDEX CONCURRENTLY accounts_lower_idx;""");
		with("021_sum_regions", """
				CREATE MATERIALIZED VIEW regions AS
				SELECT region, count(*) AS accounts, sum(balance) AS balance FROM accounts GROUP BY region;
				CREATE VIEW open_accounts AS SELECT id, email FROM accounts WHERE status = 'open';""", """
				DROP VIEW open_accounts;
				DROP MATERIALIZED VIEW regions;""");
		with("022_copy_rates", OFF + """
				CREATE TABLE rates (id INTEGER NOT NULL, name TEXT NOT NULL);
				""" + copy("rates (id, name)", 1, rows(4000), (i) -> "rate " + i) + """
				CREATE UNIQUE INDEX CONCURRENTLY rates_name_key ON rates (name);
				ALTER TABLE rates ADD CONSTRAINT rates_name_key UNIQUE USING INDEX rates_name_key;""",
				"DROP TABLE rates;");
	}

	private void writeLater() {
		with("023_watch_entries", """
				CREATE FUNCTION strip_note() RETURNS TRIGGER AS $$
				BEGIN
					NEW.note := btrim(NEW.note);
					RETURN NEW;
				END;
				$$ LANGUAGE plpgsql;
				CREATE TRIGGER strip_note BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION strip_note();
				INSERT INTO entries (id, account_id, amount, note) VALUES (1000001, 1, 1, '  stripped  ');""", """
				DELETE FROM entries WHERE id = 1000001;
				DROP TRIGGER strip_note ON entries;
				DROP FUNCTION strip_note();""");
		with("024_drop_region_index", "DROP INDEX CONCURRENTLY accounts_region_idx;",
				"CREATE INDEX CONCURRENTLY accounts_region_idx ON accounts (region);");
		with("025_number_places", """
				CREATE SEQUENCE place_number START 100000 INCREMENT 5 CACHE 10;
				ALTER TABLE places ADD COLUMN number BIGINT DEFAULT 0 NOT NULL;
				ALTER TABLE places ALTER COLUMN number SET DEFAULT nextval('place_number');""", """
				ALTER TABLE places DROP COLUMN number;
				DROP SEQUENCE place_number;""");
		with("026_widen_amounts", "ALTER TABLE entries ALTER COLUMN amount TYPE BIGINT;",
				"ALTER TABLE entries ALTER COLUMN amount TYPE INTEGER;");
		with("027_rebuild_places", "REINDEX TABLE CONCURRENTLY places;", "REINDEX TABLE CONCURRENTLY places;");
		with("028_forget_places", "DELETE FROM places WHERE id <= {3000};", copy("places (id, name, country, number)",
				1, rows(3000), (i) -> "place " + i + "\tcountry " + i % 195 + "\t0"));
		with("029_index_open", """
				CREATE UNIQUE INDEX CONCURRENTLY accounts_open_key ON accounts (region, id) INCLUDE (balance)
				WHERE status = 'open';""", "DROP INDEX CONCURRENTLY accounts_open_key;");
		with("030_close_accounts", """
				UPDATE accounts SET status = 'closed' WHERE id % 50 = 0;
				REFRESH MATERIALIZED VIEW regions;
				ALTER TABLE accounts RENAME COLUMN balance TO credit;""", """
				ALTER TABLE accounts RENAME COLUMN credit TO balance;
				UPDATE accounts SET status = CASE WHEN id % 3 = 0 THEN 'open'::status ELSE 'new' END WHERE id % 50 = 0;
				REFRESH MATERIALIZED VIEW regions;""");
	}

	private void with(String name, String up, String down) {
		this.folder.with(name + ".sql", scaled(up), scaled(down));
	}

	/** {@code {100}} in a migration stands for a number of rows. */
	private String scaled(String sql) {
		return ROWS.matcher(sql).replaceAll((match) -> String.valueOf(rows(Integer.parseInt(match.group(1)))));
	}

	private int rows(int rows) {
		return rows * this.scale;
	}

	private static String copy(String target, int first, int last, IntFunction<String> values) {
		return IntStream.rangeClosed(first, last)
			.mapToObj((i) -> i + "\t" + values.apply(i) + "\n")
			.collect(Collectors.joining("", "COPY " + target + " FROM STDIN;\n", "\\.\n"));
	}

}
