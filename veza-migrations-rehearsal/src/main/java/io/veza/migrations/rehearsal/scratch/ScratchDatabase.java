package io.veza.migrations.rehearsal.scratch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.veza.migrations.sql.SqlErrorText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database that lasts as long as a rehearsal.
 *
 * @since 0.1.0
 */
public final class ScratchDatabase implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ScratchDatabase.class);

	private final ServerAccess access;

	private final ScratchOwnerSession ownerSession;

	private final String name;

	private final Thread exit = new Thread(this::drop, "veza-migrations-rehearsal-exit");

	private final AtomicBoolean closed = new AtomicBoolean();

	ScratchDatabase(ServerAccess access, ScratchOwnerSession ownerSession, String name) {
		this.access = access;
		this.ownerSession = ownerSession;
		this.name = name;
	}

	public String name() {
		return this.name;
	}

	/**
	 * Connect to the database.
	 * @return a connection, to be closed before the database
	 * @throws io.veza.migrations.failure.DatabaseUnreachableException if there is none to
	 * be had
	 */
	public Connection connect() {
		return this.access.connect(this.name);
	}

	/**
	 * Drop the database when the JVM is asked to end, such as by a job that is cancelled:
	 * what runs in the database ends with it.
	 * @throws IllegalStateException if the JVM ends already
	 */
	void dropAtExit() {
		Runtime.getRuntime().addShutdownHook(this.exit);
	}

	/**
	 * Drop the database, whoever is connected to it. What prevents that is logged with
	 * what to do: the outcome of the rehearsal matters more.
	 */
	@Override
	public void close() {
		try {
			Runtime.getRuntime().removeShutdownHook(this.exit);
		}
		catch (IllegalStateException ex) {
			// the JVM ends, and the database is dropped by whoever comes first
		}
		drop();
	}

	private void drop() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		try {
			dropBySession();
		}
		catch (SQLException | RuntimeException ex) {
			logger.warn(
					"The scratch database \"{}\" could not be dropped: {}. The next rehearsal drops it, or execute: {}",
					this.name, SqlErrorText.of(ex), OrphanedScratchDatabases.dropping(this.name));
		}
	}

	private void dropBySession() throws SQLException {
		try {
			this.ownerSession.executeAs(this.ownerSession.owner(), OrphanedScratchDatabases.dropping(this.name));
		}
		catch (SQLException ex) {
			logger.debug("The session that keeps the scratch database \"{}\" cannot drop it", this.name, ex);
			dropByNewSession();
		}
		finally {
			this.ownerSession.close();
		}
	}

	/** The session may be lost. */
	private void dropByNewSession() throws SQLException {
		try (Connection connection = this.access.connect()) {
			ScratchOwnerSession.of(connection, this.ownerSession.owner())
				.executeAs(this.ownerSession.owner(), OrphanedScratchDatabases.dropping(this.name));
		}
	}

}
