package io.veza.migrations.rehearsal.scratch;

import java.sql.SQLException;

import io.veza.migrations.sql.SqlErrorText;
import io.veza.migrations.sql.SqlQuoting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scratch databases of rehearsals that did not end. A scratch database bears the
 * process and the start of the session that keeps it; when that is gone, nobody uses it.
 */
final class OrphanedScratchDatabases {

	private static final Logger logger = LoggerFactory.getLogger(OrphanedScratchDatabases.class);

	static final String COMMENT = "Scratch database of a rehearsal of Veza Migrations; the next rehearsal drops it if this one does not";

	/** The name of a scratch database by a row {@code a} of {@code pg_stat_activity}. */
	static final String NAME = """
			'veza_rehearsal_' || a.pid || '_'
				|| pg_catalog.to_hex((extract(epoch FROM a.backend_start) * 1000000)::bigint)""";

	/**
	 * The start of a session is hidden from those who may not see it: a session that has
	 * the process of another one that is gone may be taken for it, never the reverse. A
	 * server that stopped between the creation and the comment has left none.
	 */
	private static final String GONE = """
			SELECT d.datname AS name,
				pg_catalog.pg_get_userbyid(d.datdba) AS owner,
				pg_catalog.pg_has_role(d.datdba, 'MEMBER') AS ours
			FROM pg_catalog.pg_database d
			WHERE d.datname ~ '^veza_rehearsal_[0-9]+_[0-9a-f]{13,14}$'
				AND coalesce(pg_catalog.shobj_description(d.oid, 'pg_database'), '%1$s') = '%1$s'
				AND NOT EXISTS (
					SELECT 1
					FROM pg_catalog.pg_stat_activity a
					WHERE pg_catalog.starts_with(d.datname::text, 'veza_rehearsal_' || a.pid || '_')
						AND coalesce(%2$s = d.datname, true))
			ORDER BY d.datname""".formatted(COMMENT, NAME);

	private static final String THERE = "SELECT datname FROM pg_catalog.pg_database WHERE datname = ?";

	private final ScratchOwnerSession ownerSession;

	OrphanedScratchDatabases(ScratchOwnerSession ownerSession) {
		this.ownerSession = ownerSession;
	}

	/**
	 * Drop what there is. What cannot be dropped is in nobody's way.
	 * @throws SQLException if the server cannot be asked
	 */
	void drop() throws SQLException {
		for (Leftover leftover : this.ownerSession.query(GONE,
				(row) -> new Leftover(row.getString("name"), row.getString("owner"), row.getBoolean("ours")))) {
			drop(leftover);
		}
	}

	private void drop(Leftover leftover) throws SQLException {
		if (!leftover.ours()) {
			warn(leftover, "it belongs to another role");
			return;
		}
		try {
			this.ownerSession.executeAs(leftover.owner(), dropping(leftover.name()));
			logger.info("The scratch database \"{}\" was dropped, which a rehearsal that did not end has left",
					leftover.name());
		}
		catch (SQLException ex) {
			// another rehearsal may have dropped it at the same moment
			if (!this.ownerSession.query(THERE, (row) -> row.getString("datname"), leftover.name()).isEmpty()) {
				warn(leftover, SqlErrorText.of(ex));
			}
		}
	}

	private static void warn(Leftover leftover, String reason) {
		logger.warn(
				"The scratch database \"{}\", which a rehearsal that did not end has left, could not be dropped: {}. "
						+ "Execute as \"{}\": {}",
				leftover.name(), reason, leftover.owner(), dropping(leftover.name()));
	}

	/**
	 * Return the statement that drops a scratch database, whoever is connected to it.
	 * @param name its name
	 * @return the statement
	 */
	static String dropping(String name) {
		return "DROP DATABASE IF EXISTS " + SqlQuoting.identifier(name) + " WITH (FORCE)";
	}

	private record Leftover(String name, String owner, boolean ours) {
	}

}
