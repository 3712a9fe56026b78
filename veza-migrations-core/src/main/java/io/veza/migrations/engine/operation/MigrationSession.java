package io.veza.migrations.engine.operation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.sql.DataSource;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.catalog.DatabaseFacts;
import io.veza.migrations.catalog.DatabaseInspector;
import io.veza.migrations.catalog.MigratorObjects;
import io.veza.migrations.catalog.SnapshotQuery;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.failure.HistoryRefusedException;
import io.veza.migrations.failure.UnsupportedDatabaseException;
import io.veza.migrations.history.HistoryLayout;
import io.veza.migrations.history.HistoryReader;
import io.veza.migrations.history.HistoryTableNames;
import io.veza.migrations.lock.RunLockStrategy;
import io.veza.migrations.record.CatalogRecordStatements;
import io.veza.migrations.session.SessionRole;
import io.veza.migrations.session.UnpreparedConnection;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.DatabaseRead;
import io.veza.migrations.sql.SqlQuoting;
import io.veza.migrations.status.MigrationStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection of a run, borrowed in autocommit mode and given back as it came.
 */
public final class MigrationSession implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(MigrationSession.class);

	private static final String POSTGRESQL = "PostgreSQL";

	private static final int OLDEST_VERSION = 140000;

	private final DatabaseInspector inspector = new DatabaseInspector();

	private final Connection connection;

	private final boolean autoCommit;

	private final UnpreparedConnection unprepared;

	private final HistoryTableNames tables;

	private final String backupSchema;

	private final @Nullable SessionRole role;

	private DatabaseFacts facts;

	private HistoryLayout layout;

	/** The history, null before it was read and after something was written. */
	private @Nullable MigrationHistory history;

	/** The checksums of all stored DOWNs, null if they were not read together. */
	private @Nullable Map<Long, Checksum> storedDowns;

	private MigrationSession(Connection connection, boolean autoCommit, UnpreparedConnection unprepared,
			HistoryTableNames tables, String backupSchema, @Nullable SessionRole role) throws SQLException {
		this.connection = connection;
		this.autoCommit = autoCommit;
		this.unprepared = unprepared;
		this.tables = tables;
		this.backupSchema = backupSchema;
		this.role = role;
		this.facts = supported(inspection().read(connection));
		this.layout = layout();
	}

	/**
	 * Borrow a connection and ask PostgreSQL about the database.
	 * @param dataSource where to borrow it
	 * @param options the names of the history tables, and the role to work under
	 * @return the session, to be closed
	 * @throws io.veza.migrations.failure.DatabaseUnreachableException if there is no
	 * connection to be had
	 * @throws UnsupportedDatabaseException if the database cannot be migrated
	 * @throws HistoryRefusedException if the role cannot be assumed, or a table of such a
	 * name belongs to something else
	 */
	public static MigrationSession open(DataSource dataSource, MigratorOptions options) {
		Connection connection;
		try {
			connection = dataSource.getConnection();
		}
		catch (SQLException | RuntimeException ex) {
			// a pool and a DataSource that is built late throw others than SQLException
			throw DatabaseFailureTranslator.unreachable(ex);
		}
		try {
			requirePostgres(connection);
			return open(connection, options);
		}
		catch (SQLException ex) {
			close(connection);
			throw DatabaseFailureTranslator.translate(ex);
		}
		catch (RuntimeException ex) {
			close(connection);
			throw ex;
		}
	}

	private static MigrationSession open(Connection connection, MigratorOptions options) throws SQLException {
		boolean autoCommit = connection.getAutoCommit();
		UnpreparedConnection unprepared = UnpreparedConnection.on(connection);
		SessionRole before = null;
		try {
			if (!autoCommit) {
				connection.setAutoCommit(true);
			}
			String role = options.session().role();
			before = (role != null)
					? SessionRole.assume(connection, role, options.lock().strategy() == RunLockStrategy.SESSION) : null;
			return new MigrationSession(connection, autoCommit, unprepared, options.tables(), options.backup().schema(),
					before);
		}
		catch (SQLException | RuntimeException ex) {
			putBack(connection, before, unprepared, autoCommit);
			throw ex;
		}
	}

	public Connection connection() {
		return this.connection;
	}

	public DatabaseFacts facts() {
		return this.facts;
	}

	public HistoryLayout historyLayout() {
		return this.layout;
	}

	/** Return the statements that record and compare the catalogs. */
	public CatalogRecordStatements records() {
		MigratorObjects own = new MigratorObjects(this.layout.schema(), Set.copyOf(this.tables.all()),
				Set.copyOf(this.layout.functions()), this.backupSchema);
		return new CatalogRecordStatements(this.layout, new SnapshotQuery(own).sql(), SnapshotQuery.PINS);
	}

	/** The tables of ours, as SQL writes their names. */
	List<String> ownTables() {
		return this.tables.all()
			.stream()
			.map((table) -> SqlQuoting.identifier(this.layout.schema()) + "." + SqlQuoting.identifier(table))
			.toList();
	}

	public HistoryReader reader() {
		return new HistoryReader(this.layout);
	}

	/**
	 * Return the history, which is read once: nobody else writes it under the lock, and
	 * whoever writes it or has waited for the lock has it read again.
	 * @return the history
	 */
	public MigrationHistory history() {
		MigrationHistory known = this.history;
		if (known != null) {
			return known;
		}
		try {
			MigrationHistory read = reader().history().read(this.connection);
			this.history = read;
			return read;
		}
		catch (SQLException ex) {
			throw DatabaseFailureTranslator.translate(ex);
		}
	}

	/**
	 * Return the checksums of the DOWNs that are stored with rows.
	 * @param rows the rows
	 * @return the checksums by the id of the row, maybe those of others too
	 */
	public Map<Long, Checksum> storedDownChecksums(List<AppliedMigration> rows) {
		Map<Long, Checksum> known = this.storedDowns;
		if (known != null) {
			return known;
		}
		try {
			return reader().storedDowns().checksums(rows).read(this.connection);
		}
		catch (SQLException ex) {
			throw DatabaseFailureTranslator.translate(ex);
		}
	}

	public MigrationHistory historyWithAuthors() {
		try {
			return reader().historyWithAuthors().read(this.connection);
		}
		catch (SQLException ex) {
			throw DatabaseFailureTranslator.translate(ex);
		}
	}

	/** Look again at what another run may have changed while this one waited. */
	public void refresh() {
		forget();
		try {
			this.facts = supported(inspection().read(this.connection));
			this.layout = layout();
		}
		catch (SQLException ex) {
			throw DatabaseFailureTranslator.translate(ex);
		}
	}

	private DatabaseRead<DatabaseFacts> inspection() {
		return this.inspector.facts(this.tables.schema(), this.tables.all());
	}

	/**
	 * Return the read of all that decides about a run.
	 * @param locked an SQL condition that is true if the run may begin
	 * @return the read, whose answer is for {@link #accept}
	 */
	public DatabaseRead<DatabaseState> state(String locked) {
		HistoryReader reader = reader();
		HistoryLayout known = this.layout;
		return inspection()
			.and(reader.history(), (facts, history) -> new DatabaseState(facts, known, history, Map.of()))
			.and(reader.storedDowns().checksums(locked), DatabaseState::with);
	}

	/**
	 * Take over what was read. The history was read from the tables as they were known:
	 * if another run has changed them, it has to be read again.
	 * @param state what was read
	 */
	public void accept(DatabaseState state) {
		forget();
		this.facts = supported(state.facts());
		this.layout = layout();
		if (this.layout.equals(state.layout())) {
			this.history = state.history();
			this.storedDowns = state.storedDowns();
		}
	}

	private void forget() {
		this.history = null;
		this.storedDowns = null;
	}

	/** Close the physical connection, so that its pool does not lend it again. */
	public void discard() {
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

	public MigrationStatus.Database database() {
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
	private static void putBack(Connection connection, @Nullable SessionRole role, UnpreparedConnection unprepared,
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
			throw new HistoryRefusedException(
					"The session has no current schema, because its search_path names none that exists. "
							+ "Set veza.migrations.schema, or give the user a search_path.");
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
