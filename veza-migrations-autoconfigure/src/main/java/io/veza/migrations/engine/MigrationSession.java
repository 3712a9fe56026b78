package io.veza.migrations.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import io.veza.migrations.DatabaseUnreachableException;
import io.veza.migrations.HistoryException;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationStatus;
import io.veza.migrations.UnsupportedDatabaseException;
import io.veza.migrations.catalog.DatabaseFacts;
import io.veza.migrations.catalog.DatabaseInspector;
import io.veza.migrations.catalog.UnpreparedStatements;
import io.veza.migrations.history.HistoryLayout;
import io.veza.migrations.history.HistoryReader;
import io.veza.migrations.history.HistoryTables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection of a run, borrowed in autocommit mode and given back as it came.
 */
final class MigrationSession implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(MigrationSession.class);

	private static final String POSTGRESQL = "PostgreSQL";

	private static final int OLDEST_VERSION = 140000;

	private final Connection connection;

	private final boolean autoCommit;

	private final UnpreparedStatements unprepared;

	private final HistoryTables tables;

	private DatabaseFacts facts;

	private HistoryLayout layout;

	private MigrationSession(Connection connection, HistoryTables tables) throws SQLException {
		this.connection = connection;
		this.tables = tables;
		this.unprepared = UnpreparedStatements.on(connection);
		this.autoCommit = connection.getAutoCommit();
		if (!this.autoCommit) {
			connection.setAutoCommit(true);
		}
		try {
			this.facts = inspect();
			this.layout = layout();
		}
		catch (SQLException | RuntimeException ex) {
			giveBackAsItCame();
			throw ex;
		}
	}

	/**
	 * Borrow a connection and ask PostgreSQL about the database.
	 * @param dataSource where to borrow it
	 * @param tables the names of the history tables
	 * @return the session, to be closed
	 * @throws DatabaseUnreachableException if there is no connection to be had
	 * @throws UnsupportedDatabaseException if the database cannot be migrated
	 * @throws HistoryException if a table of such a name belongs to something else
	 */
	static MigrationSession open(DataSource dataSource, HistoryTables tables) {
		Connection connection;
		try {
			connection = dataSource.getConnection();
		}
		catch (SQLException | RuntimeException ex) {
			// a pool and a DataSource that is built late throw others than SQLException
			throw DatabaseFailures.unreachable(ex);
		}
		try {
			requirePostgres(connection);
			return new MigrationSession(connection, tables);
		}
		catch (SQLException ex) {
			close(connection);
			throw DatabaseFailures.translate(ex);
		}
		catch (RuntimeException ex) {
			close(connection);
			throw ex;
		}
	}

	Connection connection() {
		return this.connection;
	}

	DatabaseFacts facts() {
		return this.facts;
	}

	HistoryLayout historyLayout() {
		return this.layout;
	}

	HistoryReader reader() {
		return new HistoryReader(this.layout);
	}

	MigrationHistory history() {
		try {
			return reader().read(this.connection);
		}
		catch (SQLException ex) {
			throw DatabaseFailures.translate(ex);
		}
	}

	MigrationHistory historyWithAuthors() {
		try {
			return reader().readWithAuthors(this.connection);
		}
		catch (SQLException ex) {
			throw DatabaseFailures.translate(ex);
		}
	}

	/** Look again at what another run may have changed while this one waited. */
	void refresh() {
		try {
			this.facts = inspect();
			this.layout = layout();
		}
		catch (SQLException ex) {
			throw DatabaseFailures.translate(ex);
		}
	}

	/** Close the physical connection, so that its pool does not lend it again. */
	void discard() {
		try {
			this.connection.abort(Runnable::run);
		}
		catch (SQLException ex) {
			logger.debug("The connection could not be aborted", ex);
		}
	}

	MigrationStatus.Database database() {
		return new MigrationStatus.Database(this.facts.database(),
				this.layout.historyExists() ? this.layout.schema() : null, this.facts.user(), this.facts.version(),
				this.facts.host());
	}

	@Override
	public void close() {
		giveBackAsItCame();
		close(this.connection);
	}

	private void giveBackAsItCame() {
		try {
			if (!this.connection.isClosed()) {
				this.unprepared.restore();
				this.connection.setAutoCommit(this.autoCommit);
			}
		}
		catch (SQLException ex) {
			logger.debug("The connection is given back broken", ex);
		}
	}

	private DatabaseFacts inspect() throws SQLException {
		DatabaseFacts facts = new DatabaseInspector().inspect(this.connection, this.tables.schema(),
				List.of(this.tables.history(), this.tables.events(), this.tables.progress(), this.tables.lease()));
		if (facts.versionNumber() < OLDEST_VERSION) {
			throw new UnsupportedDatabaseException(
					"The server is PostgreSQL " + facts.version() + ", which is too old. Use PostgreSQL 14 or newer.");
		}
		return facts;
	}

	private HistoryLayout layout() {
		String schema = this.facts.schema();
		if (schema == null) {
			throw new HistoryException(
					"The session has no current schema, because its search_path names none that exists. "
							+ "Set veza.migrations.schema, or give the user a search_path.",
					null);
		}
		return HistoryLayout.of(schema, this.tables, this.facts.tables());
	}

	private static void requirePostgres(Connection connection) throws SQLException {
		String product = connection.getMetaData().getDatabaseProductName();
		if (!POSTGRESQL.equals(product)) {
			throw new UnsupportedDatabaseException("The DataSource leads to " + product
					+ ", but Veza Migrations migrates PostgreSQL only. Mark the DataSource of the PostgreSQL database with "
					+ "@MigrationsDataSource, set veza.migrations.url, or set veza.migrations.enabled=false.");
		}
	}

	private static void close(Connection connection) {
		try {
			connection.close();
		}
		catch (SQLException ex) {
			logger.debug("The connection could not be closed", ex);
		}
	}

}
