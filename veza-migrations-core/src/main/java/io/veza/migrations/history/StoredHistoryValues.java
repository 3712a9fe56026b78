package io.veza.migrations.history;

import java.sql.ResultSet;
import java.sql.SQLException;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.failure.HistoryRefusedException;
import io.veza.migrations.sql.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * The values of the history tables as types of ours.
 */
final class StoredHistoryValues {

	private StoredHistoryValues() {
	}

	/**
	 * Return the version of a row.
	 * @param row the row, with a column {@code version}
	 * @param layout the tables
	 * @return the version
	 * @throws HistoryRefusedException if another runner has written what is no version
	 * @throws SQLException if the row cannot be read
	 */
	static MigrationVersion version(ResultSet row, HistoryLayout layout) throws SQLException {
		String text = row.getString("version");
		if (!MigrationVersion.isVersion(text)) {
			throw new HistoryRefusedException("The history table \"" + layout.schema() + "." + layout.tables().history()
					+ "\" holds the version \"" + text
					+ "\", which is not numeric. Give the row and its file a numeric version.");
		}
		return MigrationVersion.of(text);
	}

	static @Nullable Checksum checksum(@Nullable String value) {
		return (value != null) ? new Checksum(value) : null;
	}

}
