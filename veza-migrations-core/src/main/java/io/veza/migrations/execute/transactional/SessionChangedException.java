package io.veza.migrations.execute.transactional;

import java.sql.SQLException;

/**
 * The finding that the session is not as a migration has to find it, so that it has to be
 * put back before the migration is tried again. Nothing of the migration is in the
 * database.
 */
@SuppressWarnings("serial")
final class SessionChangedException extends RuntimeException {

	SessionChangedException(SQLException cause) {
		super(cause);
	}

}
