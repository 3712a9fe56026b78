package io.veza.migrations.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.DatabaseRead;

/**
 * Reads the DOWNs that are stored with the rows of the history table.
 */
public final class StoredDownReader {

	private static final String TEXT = "SELECT down_sql FROM {history} WHERE id = %s";

	private static final String CHECKSUMS = """
			SELECT id, pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(down_sql, 'UTF8')), 'hex') AS checksum
			FROM {history}
			WHERE down_sql IS NOT NULL AND %s""";

	private final HistoryLayout layout;

	StoredDownReader(HistoryLayout layout) {
		this.layout = layout;
	}

	/**
	 * Return the read of the DOWN that is stored with a row.
	 * @param row the row
	 * @return the read, whose answer is empty if none is stored
	 */
	public DatabaseRead<Optional<String>> text(AppliedMigration row) {
		if (!row.downStored()) {
			return DatabaseRead.known(Optional.empty());
		}
		return DatabaseRead.of(query(TEXT, Long.toString(row.id())),
				(rows) -> rows.next() ? Optional.ofNullable(rows.getString("down_sql")) : Optional.empty());
	}

	/**
	 * Return the read of the checksums of the DOWNs of rows, which the server computes
	 * all at once.
	 * @param rows the rows
	 * @return the read of the SHA-256 of each text in UTF-8 by the id of its row, without
	 * the rows that have no stored DOWN
	 */
	public DatabaseRead<Map<Long, Checksum>> checksums(List<AppliedMigration> rows) {
		String ids = rows.stream()
			.filter(AppliedMigration::downStored)
			.map((row) -> Long.toString(row.id()))
			.collect(Collectors.joining(", "));
		return ids.isEmpty() ? DatabaseRead.known(Map.of()) : checksums("id IN (" + ids + ")");
	}

	/**
	 * Return the read of the checksums of stored DOWNs.
	 * @param condition an SQL condition; the server computes no checksum of a row for
	 * which it is not true
	 * @return the read of the checksums by the id of the row
	 */
	public DatabaseRead<Map<Long, Checksum>> checksums(String condition) {
		return this.layout.downSqlExists() ? DatabaseRead.of(query(CHECKSUMS, condition), StoredDownReader::checksums)
				: DatabaseRead.known(Map.of());
	}

	private static Map<Long, Checksum> checksums(ResultSet rows) throws SQLException {
		Map<Long, Checksum> checksums = new HashMap<>();
		while (rows.next()) {
			checksums.put(rows.getLong("id"), new Checksum(rows.getString("checksum")));
		}
		return checksums;
	}

	private String query(String sql, String condition) {
		return sql.replace("{history}", this.layout.history()).replace("%s", condition);
	}

}
