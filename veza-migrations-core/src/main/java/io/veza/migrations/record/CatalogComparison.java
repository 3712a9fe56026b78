package io.veza.migrations.record;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RollbackVerification;
import io.veza.migrations.sql.DatabaseRead;
import io.veza.migrations.sql.SqlState;
import org.jspecify.annotations.Nullable;

/**
 * Compares the catalogs with what is recorded of them.
 */
public final class CatalogComparison {

	private static final String BEGIN = "BEGIN READ ONLY";

	private static final String ROLLBACK = "ROLLBACK";

	private static final String SAVEPOINT = "SAVEPOINT veza_migrations_verification";

	private static final String TO_SAVEPOINT = "ROLLBACK TO SAVEPOINT veza_migrations_verification";

	/** An object that somebody dropped while it was read. */
	private static final Set<String> VANISHED = Set.of(SqlState.INTERNAL_ERROR, SqlState.UNDEFINED_TABLE,
			SqlState.UNDEFINED_OBJECT, SqlState.UNDEFINED_FUNCTION);

	private static final int ATTEMPTS = 3;

	private final CatalogRecordStatements records;

	/**
	 * Create a new instance.
	 * @param records the statements
	 */
	public CatalogComparison(CatalogRecordStatements records) {
		this.records = records;
	}

	/**
	 * Compare the catalogs with the snapshot after the newest run, in a transaction of
	 * its own that writes nothing.
	 * @param connection the connection, outside of a transaction
	 * @return the drift
	 * @throws SQLException if the catalogs or the tables cannot be read
	 */
	public Drift drift(Connection connection) throws SQLException {
		return inTransaction(connection, DatabaseRead.of(this.records.drift(), CatalogComparison::drift));
	}

	/** One round trip: the server parses the query when it has executed the pins. */
	private <T> T inTransaction(Connection connection, DatabaseRead<T> read) throws SQLException {
		List<String> before = new ArrayList<>(List.of(BEGIN));
		before.addAll(this.records.pins());
		DatabaseRead<T> whole = read.after(before).then(ROLLBACK);
		for (int attempt = 1;; attempt++) {
			try {
				return whole.read(connection);
			}
			catch (SQLException ex) {
				abort(connection, ex);
				if (attempt == ATTEMPTS || !VANISHED.contains(SqlState.of(ex))) {
					throw ex;
				}
			}
		}
	}

	/**
	 * Return the read of what is recorded of migrations.
	 * @param versions the migrations
	 * @return the read
	 */
	public DatabaseRead<Recorded> recorded(List<MigrationVersion> versions) {
		return DatabaseRead.list(this.records.recorded(versions), CatalogComparison::difference).map(Recorded::new);
	}

	/**
	 * Return a digest of the objects that migrations have touched, as they are now, in a
	 * transaction of its own that writes nothing.
	 * @param connection the connection, outside of a transaction
	 * @param versions the migrations
	 * @param everything whether all objects count, because of some nothing is recorded
	 * @return the digest in hexadecimal digits
	 * @throws SQLException if the catalogs or the tables cannot be read
	 */
	public String concerned(Connection connection, List<MigrationVersion> versions, boolean everything)
			throws SQLException {
		return inTransaction(connection, DatabaseRead.of(this.records.concerned(versions, everything), (row) -> {
			row.next();
			return row.getString("digest");
		}));
	}

	private static Drift drift(ResultSet rows) throws SQLException {
		List<CatalogDifference> ours = new ArrayList<>();
		boolean stale = false;
		boolean moved = false;
		while (rows.next()) {
			stale = true;
			moved |= CatalogRecordStatements.HISTORY.equals(rows.getString("kind"));
			if (rows.getBoolean("ours")) {
				ours.add(difference(rows));
			}
		}
		return moved ? Drift.UNKNOWN : new Drift(true, stale, ours, null);
	}

	private static void abort(Connection connection, SQLException failure) {
		try (Statement statement = connection.createStatement()) {
			statement.execute(ROLLBACK);
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
		}
	}

	/**
	 * Return the read of the indexes and constraints that a run has left unusable.
	 * @param operationId the run
	 * @return the read of each of them, as it is
	 */
	public DatabaseRead<List<CatalogDifference>> leftBehind(UUID operationId) {
		return DatabaseRead.list(this.records.leftBehind(operationId), CatalogComparison::difference);
	}

	/**
	 * The drift: what was done to the catalogs since the newest run.
	 *
	 * @param known whether it can be told: something is recorded, and no other runner has
	 * been at work since
	 * @param stale whether the snapshot differs from the catalogs, be it in what is not
	 * ours
	 * @param differences what differs of what is ours
	 * @param failure why it could not be determined, {@code null} if it could
	 */
	public record Drift(boolean known, boolean stale, List<CatalogDifference> differences, @Nullable String failure) {

		/** Nothing can be told. */
		public static final Drift UNKNOWN = new Drift(false, true, List.of(), null);

		public Drift {
			differences = List.copyOf(differences);
		}

		/**
		 * Return that the drift could not be determined.
		 * @param why what the server said
		 * @return nothing that could be told, and nothing to take over
		 */
		public static Drift failed(String why) {
			return new Drift(false, false, List.of(), why);
		}

	}

	/**
	 * Compare the catalogs, in the transaction of a rollback, with what was there before
	 * the migrations were applied. What was recorded of them is forgotten.
	 * @param connection the connection, in the transaction
	 * @param versions the migrations that were taken back
	 * @return the verification
	 * @throws SQLException if the comparison fails
	 */
	public RollbackVerification verify(Connection connection, List<MigrationVersion> versions) throws SQLException {
		DatabaseRead<Recorded> read = DatabaseRead.list(this.records.verify(versions), CatalogComparison::difference)
			.map(Recorded::new);
		List<String> before = new ArrayList<>(this.records.pins());
		before.add(SAVEPOINT);
		for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
			try {
				Recorded recorded = read.after(before).read(connection);
				return versions.stream().allMatch(recorded::covers) ? RollbackVerification.of(recorded.changes())
						: RollbackVerification.UNKNOWN;
			}
			catch (SQLException ex) {
				if (!VANISHED.contains(SqlState.of(ex))) {
					throw ex;
				}
				before = List.of(TO_SAVEPOINT);
			}
		}
		try (Statement statement = connection.createStatement()) {
			statement.execute(TO_SAVEPOINT);
		}
		return RollbackVerification.UNKNOWN;
	}

	private static CatalogDifference difference(ResultSet row) throws SQLException {
		return new CatalogDifference(row.getString("kind"), row.getString("identity"), row.getString("relation"),
				row.getString("before"), row.getString("after"));
	}

	/**
	 * The records of migrations.
	 *
	 * @param covered the versions of which something is recorded, as they are written
	 * @param changes what they did to the catalogs
	 */
	public record Recorded(Set<String> covered, List<CatalogDifference> changes) {

		/** Nothing is recorded. */
		public static final Recorded NOTHING = new Recorded(Set.of(), List.of());

		public Recorded {
			covered = Set.copyOf(covered);
			changes = List.copyOf(changes);
		}

		Recorded(List<CatalogDifference> rows) {
			this(rows.stream().filter(Recorded::isCovered).map(CatalogDifference::identity).collect(Collectors.toSet()),
					rows.stream().filter((row) -> !isCovered(row)).toList());
		}

		/**
		 * Return whether what a migration did is recorded.
		 * @param version the migration
		 * @return whether it is
		 */
		public boolean covers(MigrationVersion version) {
			return this.covered.contains(version.text());
		}

		private static boolean isCovered(CatalogDifference row) {
			return CatalogRecordStatements.COVERED.equals(row.kind());
		}

	}

}
