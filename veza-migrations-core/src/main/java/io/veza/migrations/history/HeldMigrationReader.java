package io.veza.migrations.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;

import io.veza.migrations.HeldMigration;
import io.veza.migrations.sql.DatabaseRead;

/**
 * Reads from the audit log which migrations were rolled back last.
 */
final class HeldMigrationReader {

	/**
	 * Read at each start: the index finds what is newer than a rollback. What is left is
	 * compared as versions, for which {@code 001} and {@code 1.0} are {@code 1}.
	 */
	private static final String ROLLED_BACK = """
			WITH rolled_back AS MATERIALIZED (
				SELECT e.id, e.version, e.occurred_at, e.requested_by, e.database_user, e.reason,
					{event_checksum} AS up_checksum
				FROM {events} e
				WHERE e.operation = 'rollback' AND e.phase = 'finished' AND e.outcome = 'success'
					AND NOT EXISTS (
						SELECT 1
						FROM {events} newer
						WHERE newer.version = e.version AND newer.id > e.id
							AND newer.operation IN ('migrate', 'rollback', 'repair', 'baseline')))
			SELECT r.version, r.occurred_at, r.requested_by, r.database_user, r.reason, r.up_checksum
			FROM rolled_back r
			WHERE NOT EXISTS (
				SELECT 1
				FROM {events} newer
				WHERE newer.id > r.id AND newer.id > (SELECT pg_catalog.min(id) FROM rolled_back)
					AND newer.operation IN ('migrate', 'rollback', 'repair', 'baseline')
					AND {newer_number} = {number})
			ORDER BY r.id""";

	/**
	 * A version without leading zeros of its parts, and without parts that are zero at
	 * its end.
	 */
	private static final String NUMBER = """
			pg_catalog.regexp_replace(pg_catalog.regexp_replace(%s, '(?<![0-9])0+', '', 'g'), '[.]+$', '')""";

	private final HistoryLayout layout;

	HeldMigrationReader(HistoryLayout layout) {
		this.layout = layout;
	}

	/**
	 * Return the read of the versions of which a rollback is the newest event.
	 * @return the read, whose answer has the order of the rollbacks
	 */
	DatabaseRead<List<HeldMigration>> rolledBack() {
		return this.layout.eventsExist() ? DatabaseRead.list(query(), this::row) : DatabaseRead.known(List.of());
	}

	private String query() {
		return ROLLED_BACK.replace("{events}", this.layout.events())
			.replace("{newer_number}", NUMBER.formatted("newer.version"))
			.replace("{number}", NUMBER.formatted("r.version"))
			.replace("{event_checksum}", this.layout.eventChecksumsExist() ? "e.up_checksum" : "NULL::varchar");
	}

	private HeldMigration row(ResultSet row) throws SQLException {
		return new HeldMigration(StoredHistoryValues.version(row, this.layout),
				row.getObject("occurred_at", OffsetDateTime.class).toInstant(), row.getString("requested_by"),
				row.getString("database_user"), row.getString("reason"),
				StoredHistoryValues.checksum(row.getString("up_checksum")));
	}

}
