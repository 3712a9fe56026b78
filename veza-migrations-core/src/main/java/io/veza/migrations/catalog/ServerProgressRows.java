package io.veza.migrations.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;

import io.veza.migrations.status.ServerProgress;
import org.jspecify.annotations.Nullable;

/**
 * The part of a query that asks how far commands are, and the reading of its rows.
 */
final class ServerProgressRows {

	/**
	 * Which counter moves depends on the phase; PostgreSQL leaves the others as they
	 * were.
	 */
	static final String SELECT = """
			SELECT i.pid, i.command, i.phase, counted.done, counted.total, counted.unit
			FROM pg_catalog.pg_stat_progress_create_index i
			CROSS JOIN LATERAL (
				SELECT i.lockers_done, i.lockers_total, 'lockers'
				WHERE i.phase LIKE 'waiting for %'
				UNION ALL
				SELECT i.tuples_done, i.tuples_total, 'tuples'
				WHERE i.phase LIKE '%: sorting %' OR i.phase LIKE '%: loading %'
					OR (i.phase = 'building index' AND i.tuples_total > 0)
				UNION ALL
				SELECT i.blocks_done, i.blocks_total, 'blocks'
				LIMIT 1
			) counted (done, total, unit)
			UNION ALL
			SELECT c.pid, c.command, NULL, c.bytes_processed, c.bytes_total, 'bytes'
			FROM pg_catalog.pg_stat_progress_copy c
			WHERE c.command IS NOT NULL""";

	private ServerProgressRows() {
	}

	static @Nullable ServerProgress read(ResultSet row) throws SQLException {
		String command = row.getString("command");
		return (command != null) ? new ServerProgress(command, row.getString("phase"), row.getLong("done"),
				row.getLong("total"), row.getString("unit")) : null;
	}

}
