package io.veza.migrations.crash;

import java.io.IOException;
import java.io.Reader;
import java.sql.SQLException;

import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/**
 * The driver's COPY, announced before it begins.
 */
final class AnnouncedCopy extends CopyManager {

	private final Announcer announcer;

	AnnouncedCopy(BaseConnection connection, Announcer announcer) throws SQLException {
		super(connection);
		this.announcer = announcer;
	}

	@Override
	public long copyIn(String sql, Reader from) throws SQLException, IOException {
		try {
			return this.announcer.announce(Phase.COPY, sql, () -> super.copyIn(sql, from));
		}
		catch (SQLException | IOException | RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

}
