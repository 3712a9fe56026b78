package io.veza.migrations.rehearsal.scratch;

import java.sql.Connection;
import java.sql.SQLException;

import io.veza.migrations.failure.RehearsalException;
import io.veza.migrations.sql.SqlErrorText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server on which rehearsals create their scratch databases. The database that its URL
 * names is looked at, and never written.
 *
 * @since 0.1.0
 */
public final class ScratchServer {

	private static final Logger logger = LoggerFactory.getLogger(ScratchServer.class);

	private final ServerAccess access;

	/**
	 * Create a new instance.
	 * @param access how to reach the server
	 */
	public ScratchServer(ServerAccess access) {
		this.access = access;
	}

	/**
	 * Create a database that is like the one that the URL names, but empty. Before that,
	 * the databases of rehearsals that did not end are dropped.
	 * @param owner the role that is to own it, {@code null} for the user
	 * @return the database, to be closed
	 * @throws RehearsalException if that is not allowed or not possible here
	 * @throws io.veza.migrations.failure.DatabaseUnreachableException if there is no
	 * connection
	 */
	public ScratchDatabase create(@Nullable String owner) {
		Connection connection = this.access.connect();
		try {
			ScratchOwnerSession ownerSession = ScratchOwnerSession.of(connection, owner);
			new OrphanedScratchDatabases(ownerSession).drop();
			return create(ownerSession);
		}
		catch (SQLException | RuntimeException ex) {
			close(connection, ex);
			throw (ex instanceof RuntimeException known) ? known
					: new RehearsalException("No scratch database could be created: " + SqlErrorText.of(ex) + ".",
							"Settle that, or set veza.migrations.rehearsal.url to another server.", ex);
		}
	}

	private ScratchDatabase create(ScratchOwnerSession ownerSession) throws SQLException {
		ScratchDatabaseTemplate database = ScratchDatabaseTemplate.like(ownerSession);
		logger.info("The rehearsal creates the scratch database \"{}\"", database.name());
		database.create();
		ScratchDatabase scratch = new ScratchDatabase(this.access, ownerSession, database.name());
		try {
			scratch.dropAtExit();
			database.configure();
			return scratch;
		}
		catch (SQLException | RuntimeException ex) {
			scratch.close();
			throw ex;
		}
	}

	private static void close(Connection connection, Exception failure) {
		try {
			connection.close();
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
		}
	}

}
