package io.veza.migrations.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationProgress;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.DatabaseRead;
import org.jspecify.annotations.Nullable;

/**
 * Reads the progress table: how far non-transactional steps came that are not settled.
 */
final class MigrationProgressReader {

	private static final String PROGRESS = """
			SELECT version, statement, name, operation, checksum, error, {attempting} AS attempting,
				{catalog_before} AS catalog_before
			FROM {progress}
			ORDER BY version, statement""";

	private final HistoryLayout layout;

	MigrationProgressReader(HistoryLayout layout) {
		this.layout = layout;
	}

	/**
	 * Return the read of the steps that are not settled.
	 * @return the read
	 */
	DatabaseRead<List<MigrationProgress>> unfinished() {
		return this.layout.progressExists() ? DatabaseRead.of(query(), this::unfinished)
				: DatabaseRead.known(List.of());
	}

	private String query() {
		return PROGRESS.replace("{progress}", this.layout.progress())
			.replace("{attempting}", this.layout.attemptsExist() ? "attempting" : "NULL::integer")
			.replace("{catalog_before}", this.layout.attemptsExist() ? "catalog_before" : "NULL::text");
	}

	private List<MigrationProgress> unfinished(ResultSet rows) throws SQLException {
		Map<String, MigrationProgress> headers = new LinkedHashMap<>();
		Map<String, List<Checksum>> done = new HashMap<>();
		while (rows.next()) {
			String version = rows.getString("version");
			if (rows.getInt("statement") == 0) {
				headers.put(version, header(rows));
			}
			else {
				done.computeIfAbsent(version, (key) -> new ArrayList<>()).add(new Checksum(rows.getString("checksum")));
			}
		}
		List<MigrationProgress> unfinished = new ArrayList<>();
		headers
			.forEach((version, header) -> unfinished.add(new MigrationProgress(header.version(), header.description(),
					header.operation(), done.getOrDefault(version, List.of()), header.error(), header.attempt())));
		return unfinished;
	}

	private MigrationProgress header(ResultSet row) throws SQLException {
		MigrationOperation operation = "rollback".equals(row.getString("operation")) ? MigrationOperation.ROLLBACK
				: MigrationOperation.MIGRATE;
		return new MigrationProgress(StoredHistoryValues.version(row, this.layout), row.getString("name"), operation,
				List.of(), row.getString("error"), attempt(row));
	}

	private static MigrationProgress.@Nullable Attempt attempt(ResultSet row) throws SQLException {
		Integer number = row.getObject("attempting", Integer.class);
		return (number != null) ? new MigrationProgress.Attempt(number, new Checksum(row.getString("checksum")),
				row.getString("catalog_before")) : null;
	}

}
