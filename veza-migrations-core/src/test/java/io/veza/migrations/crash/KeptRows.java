package io.veza.migrations.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.veza.migrations.testsupport.TestDatabase;

/**
 * What the migrations of {@link LossyMigrations} destroy: digests of the rows, byte for
 * byte, wherever they are.
 *
 * @param digests by table
 */
record KeptRows(Map<String, String> digests) {

	/** The columns and rows that are destroyed. */
	private static final Map<String, String> LOST = Map.of("accounts", "SELECT id, phone FROM %s", "entries",
			"SELECT id, account_id, note, raw, ratio, doc, tags FROM %s", "rates",
			"SELECT id, value FROM %s WHERE id > 3000", "audit", "SELECT id, what FROM %s");

	private static final String DIGEST = """
			SELECT count(*) || ' ' || md5(string_agg(encode(record_send(t), 'hex'), ',' ORDER BY t.id))
			FROM (%s) t""";

	private static final String TABLES = """
			SELECT format('veza_backup.%%I', backup_table)
			FROM veza_backup.backups
			WHERE backup_table IS NOT NULL AND source_name = '%s'""";

	/**
	 * Return the rows where the application has them.
	 * @param database the database
	 * @return the rows
	 */
	static KeptRows live(TestDatabase database) {
		Map<String, String> digests = new TreeMap<>();
		LOST.forEach((table, query) -> digests.put(table, digest(database, query.formatted(table))));
		return new KeptRows(digests);
	}

	/**
	 * Return the rows that backups hold. What is kept twice counts twice.
	 * @param database the database
	 * @return the rows
	 */
	static KeptRows kept(TestDatabase database) {
		Map<String, String> digests = new TreeMap<>();
		LOST.forEach((table, query) -> {
			List<String> found = new ArrayList<>();
			database.query(TABLES.formatted(table))
				.forEach((kept) -> found.add(digest(database, query.formatted(kept))));
			digests.put(table, String.join(" and ", found));
		});
		return new KeptRows(digests);
	}

	private static String digest(TestDatabase database, String query) {
		return database.query(DIGEST.formatted(query)).get(0);
	}

	/**
	 * Return what differs from what is expected.
	 * @param expected what is expected
	 * @return a line for each difference; none if there is none
	 */
	List<String> differencesFrom(KeptRows expected) {
		return expected.digests.keySet()
			.stream()
			.filter((table) -> !expected.digests.get(table).equals(this.digests.get(table)))
			.map((table) -> table + ": " + this.digests.get(table) + " and not " + expected.digests.get(table))
			.toList();
	}

}
