package io.veza.migrations.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.sql.DataSource;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.Checksum;
import io.veza.migrations.DatabaseUnreachableException;
import io.veza.migrations.HistoryException;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationStatus;
import io.veza.migrations.UnsupportedDatabaseException;
import io.veza.migrations.catalog.DatabaseFacts;
import io.veza.migrations.catalog.DatabaseInspector;
import io.veza.migrations.catalog.OwnObjects;
import io.veza.migrations.catalog.SnapshotQuery;
import io.veza.migrations.catalog.UnpreparedStatements;
import io.veza.migrations.execute.SessionRole;
import io.veza.migrations.history.CatalogRecords;
import io.veza.migrations.history.HistoryLayout;
import io.veza.migrations.history.HistoryReader;
import io.veza.migrations.history.HistoryTables;
import io.veza.migrations.history.SqlQuoting;
import io.veza.migrations.lock.LockStrategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection of a run, borrowed in autocommit mode and given back as it came.
 */
final class MigrationSession implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(MigrationSession.class);

	private static final String POSTGRESQL = "PostgreSQL";

	private static final int OLDEST_VERSION = 140000;

	private final DatabaseInspector inspector = new DatabaseInspector();

	private final Connection connection;

	private final boolean autoCommit;

	private final UnpreparedStatements unprepared;

	private final HistoryTables tables;

	private final String backupSchema;

	private final @Nullable SessionRole role;

	private DatabaseFacts facts;

	private HistoryLayout layout;

	/** What was read of the history, null before that and after something was written. */
	private @Nullable MigrationHistory history;

	/** The checksums of all stored DOWNs, null if they were not read together. */
	private @Nullable Map<Long, Checksum> storedDowns;

	private MigrationSession(Connection connection, boolean autoCommit, UnpreparedStatements unprepared,
			HistoryTables tables, String backupSchema, @Nullable SessionRole role) throws SQLException {
		this.connection = connection;
		this.autoCommit = autoCommit;
		this.unprepared = unprepared;
		this.tables = tables;
		this.backupSchema = backupSchema;
		this.role = role;
		this.facts = supported(this.inspector.inspect(connection, tables.schema(), tables.all()));
		this.layout = layout();
	}

	/**
	 * Borrow a connection and ask PostgreSQL about the database.
	 * @param dataSource where to borrow it
	 * @param options the names of the history tables, and the role to work under
	 * @return the session, to be closed
	 * @throws DatabaseUnreachableException if there is no connection to be had
	 * @throws UnsupportedDatabaseException if the database cannot be migrated
	 * @throws HistoryException if the role cannot be assumed, or a table of such a name
	 * belongs to something else
	 */
	static MigrationSession open(DataSource dataSource, MigratorOptions options) {
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
			return open(connection, options);
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

	private static MigrationSession open(Connection connection, MigratorOptions options) throws SQLException {
		boolean autoCommit = connection.getAutoCommit();
		UnpreparedStatements unprepared = UnpreparedStatements.on(connection);
		SessionRole before = null;
		try {
			if (!autoCommit) {
				connection.setAutoCommit(true);
			}
			String role = options.role();
			before = (role != null)
					? SessionRole.assume(connection, role, options.lock().strategy() == LockStrategy.SESSION) : null;
			return new MigrationSession(connection, autoCommit, unprepared, options.tables(), options.backup().schema(),
					before);
		}
		catch (SQLException | RuntimeException ex) {
			putBack(connection, before, unprepared, autoCommit);
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

	/** What records and compares the catalogs. */
	CatalogRecords records() {
		OwnObjects own = new OwnObjects(this.layout.schema(), Set.copyOf(this.tables.all()),
				Set.copyOf(this.layout.functions()), this.backupSchema);
		return new CatalogRecords(this.layout, new SnapshotQuery(own).sql(), SnapshotQuery.PINS);
	}

	/** The tables of ours, as SQL writes their names. */
	List<String> ownTables() {
		return this.tables.all()
			.stream()
			.map((table) -> SqlQuoting.identifier(this.layout.schema()) + "." + SqlQuoting.identifier(table))
			.toList();
	}

	HistoryReader reader() {
		return new HistoryReader(this.layout);
	}

	/**
	 * Return the history, which is read once: nobody else writes it under the lock, and
	 * whoever writes it or has waited for the lock has it read again.
	 * @return the history
	 */
	MigrationHistory history() {
		MigrationHistory known = this.history;
		if (known != null) {
			return known;
		}
		try {
			MigrationHistory read = reader().read(this.connection);
			this.history = read;
			return read;
		}
		catch (SQLException ex) {
			throw DatabaseFailures.translate(ex);
		}
	}

	/**
	 * Return the checksums of the DOWNs that are stored with rows.
	 * @param rows the rows
	 * @return the checksums by the id of the row, maybe those of others too
	 */
	Map<Long, Checksum> storedDownChecksums(List<AppliedMigration> rows) {
		Map<Long, Checksum> known = this.storedDowns;
		if (known != null) {
			return known;
		}
		try {
			return reader().storedDownChecksums(this.connection, rows);
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
		forget();
		try {
			this.facts = supported(this.inspector.inspect(this.connection, this.tables.schema(), this.tables.all()));
			this.layout = layout();
		}
		catch (SQLException ex) {
			throw DatabaseFailures.translate(ex);
		}
	}

	/**
	 * Return the queries that look again at all that decides about a run, to be sent
	 * together with others.
	 * @param locked an SQL condition that is true if the run may begin
	 * @return the SQL
	 */
	List<String> queries(String locked) {
		List<String> queries = new ArrayList<>();
		queries.add(this.inspector.query(this.tables.schema(), this.tables.all()));
		queries.addAll(reader().queries());
		queries.addAll(reader().storedDownChecksumQueries(locked));
		return queries;
	}

	/**
	 * Read what the {@link #queries} have found. Those for the history were made for the
	 * tables as they were: if another run has changed them, they have to be asked again.
	 * @param statement the statement, whose current result is that of the first of them
	 * @throws SQLException if it cannot be read
	 */
	void read(Statement statement) throws SQLException {
		forget();
		HistoryLayout before = this.layout;
		this.facts = supported(this.inspector.read(statement));
		this.layout = layout();
		if (this.layout.equals(before)) {
			this.history = reader().read(statement);
			this.storedDowns = reader().storedDownChecksums(statement);
		}
	}

	private void forget() {
		this.history = null;
		this.storedDowns = null;
	}

	/** Close the physical connection, so that its pool does not lend it again. */
	void discard() {
		discard(this.connection);
	}

	private static void discard(Connection connection) {
		try {
			connection.abort(Runnable::run);
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
		putBack(this.connection, this.role, this.unprepared, this.autoCommit);
		close(this.connection);
	}

	/** A connection that cannot be put back to how it came is closed for good. */
	private static void putBack(Connection connection, @Nullable SessionRole role, UnpreparedStatements unprepared,
			boolean autoCommit) {
		try {
			if (connection.isClosed()) {
				return;
			}
			if (role != null) {
				role.restore(connection);
			}
			unprepared.restore();
			connection.setAutoCommit(autoCommit);
		}
		catch (SQLException ex) {
			logger.debug("The connection is given back broken", ex);
			discard(connection);
		}
	}

	private static DatabaseFacts supported(DatabaseFacts facts) {
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
