package io.veza.migrations.history;

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
import io.veza.migrations.Verification;
import org.jspecify.annotations.Nullable;

/**
 * Compares the catalogs with what is recorded of them.
 */
public final class CatalogComparison {

	private static final String BEGIN = "BEGIN READ ONLY";

	private static final String ROLLBACK = "ROLLBACK";

	private static final String SAVEPOINT = "SAVEPOINT veza_migrations_verification";

	private static final String TO_SAVEPOINT = "ROLLBACK TO SAVEPOINT veza_migrations_verification";

	/** An object that somebody dropped while it was looked at. */
	private static final Set<String> VANISHED = Set.of("XX000", "42P01", "42704", "42883");

	private static final int ATTEMPTS = 3;

	private final CatalogRecords records;

	/**
	 * Create a new instance.
	 * @param records the statements
	 */
	public CatalogComparison(CatalogRecords records) {
		this.records = records;
	}

	/**
	 * Look what was done to the catalogs since the newest run, in a transaction of its
	 * own that writes nothing.
	 * @param connection the connection, outside of a transaction
	 * @return what was done
	 * @throws SQLException if the catalogs or the tables cannot be read
	 */
	public Drift drift(Connection connection) throws SQLException {
		return reading(connection, this.records.drift(), CatalogComparison::drift);
	}

	private <T> T reading(Connection connection, String query, Reading<T> reading) throws SQLException {
		for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
			try {
				return readingOnce(connection, query, reading);
			}
			catch (SQLException ex) {
				if (!VANISHED.contains(String.valueOf(ex.getSQLState()))) {
					throw ex;
				}
			}
		}
		return readingOnce(connection, query, reading);
	}

	/** One round trip: the server parses the query when it has executed the pins. */
	private <T> T readingOnce(Connection connection, String query, Reading<T> reading) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			try (ResultSet rows = firstRows(statement, BEGIN, pins(), query, ROLLBACK)) {
				return reading.read(rows);
			}
			catch (SQLException ex) {
				abort(statement, ex);
				throw ex;
			}
		}
	}

	private String pins() {
		return String.join(";\n", this.records.pins());
	}

	private static ResultSet firstRows(Statement statement, String... statements) throws SQLException {
		boolean rows = statement.execute(String.join(";\n", statements));
		while (!rows) {
			rows = statement.getMoreResults();
		}
		return statement.getResultSet();
	}

	/**
	 * Read what is recorded of migrations.
	 * @param connection the connection
	 * @param versions the migrations
	 * @return what is recorded
	 * @throws SQLException if the tables cannot be read
	 */
	public Recorded recorded(Connection connection, List<MigrationVersion> versions) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			try (ResultSet rows = statement.executeQuery(this.records.recorded(versions))) {
				return new Recorded(read(rows));
			}
		}
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
		return reading(connection, this.records.concerned(versions, everything), (row) -> {
			row.next();
			return row.getString("digest");
		});
	}

	private static Drift drift(ResultSet rows) throws SQLException {
		List<CatalogDifference> ours = new ArrayList<>();
		boolean stale = false;
		boolean moved = false;
		while (rows.next()) {
			stale = true;
			moved |= CatalogRecords.HISTORY.equals(rows.getString("kind"));
			if (rows.getBoolean("ours")) {
				ours.add(difference(rows));
			}
		}
		return moved ? Drift.UNKNOWN : new Drift(true, stale, ours, null);
	}

	private static void abort(Statement statement, SQLException failure) {
		try {
			statement.execute(ROLLBACK);
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
		}
	}

	/**
	 * Look which indexes and constraints a run has left unusable.
	 * @param connection the connection
	 * @param operationId the run
	 * @return each of them, as it is
	 * @throws SQLException if the tables cannot be read
	 */
	public List<CatalogDifference> leftBehind(Connection connection, UUID operationId) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(leftBehindQuery(operationId));
			return leftBehind(statement);
		}
	}

	/**
	 * Return the query for what a run has left unusable, to be sent together with others.
	 * @param operationId the run
	 * @return the SQL
	 */
	public String leftBehindQuery(UUID operationId) {
		return this.records.leftBehind(operationId);
	}

	/**
	 * Read what a run has left unusable, and go on to the next result.
	 * @param statement the statement, whose current result is that of the query
	 * @return each index and constraint, as it is
	 * @throws SQLException if it cannot be read
	 */
	public List<CatalogDifference> leftBehind(Statement statement) throws SQLException {
		List<CatalogDifference> left;
		try (ResultSet rows = statement.getResultSet()) {
			left = read(rows);
		}
		statement.getMoreResults();
		return left;
	}

	/**
	 * What was done to the catalogs since the newest run.
	 *
	 * @param known whether it can be told: something is recorded, and no other runner has
	 * been at work since
	 * @param stale whether the picture differs from the catalogs, be it in what is not
	 * ours
	 * @param differences what differs of what is ours
	 * @param failure why it could not be looked at, {@code null} if it could
	 */
	public record Drift(boolean known, boolean stale, List<CatalogDifference> differences, @Nullable String failure) {

		/** Nothing can be told. */
		public static final Drift UNKNOWN = new Drift(false, true, List.of(), null);

		public Drift {
			differences = List.copyOf(differences);
		}

		/**
		 * Return that it could not be looked at.
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
	public Verification verify(Connection connection, List<MigrationVersion> versions) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			String before = pins() + ";\n" + SAVEPOINT;
			for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
				try (ResultSet rows = firstRows(statement, before, this.records.verify(versions))) {
					Recorded recorded = new Recorded(read(rows));
					return versions.stream().allMatch(recorded::covers) ? Verification.of(recorded.changes())
							: Verification.UNKNOWN;
				}
				catch (SQLException ex) {
					if (!VANISHED.contains(String.valueOf(ex.getSQLState()))) {
						throw ex;
					}
					before = TO_SAVEPOINT;
				}
			}
			statement.execute(TO_SAVEPOINT);
			return Verification.UNKNOWN;
		}
	}

	private static List<CatalogDifference> read(ResultSet rows) throws SQLException {
		List<CatalogDifference> differences = new ArrayList<>();
		while (rows.next()) {
			differences.add(difference(rows));
		}
		return differences;
	}

	private static CatalogDifference difference(ResultSet row) throws SQLException {
		return new CatalogDifference(row.getString("kind"), row.getString("identity"), row.getString("relation"),
				row.getString("before"), row.getString("after"));
	}

	/**
	 * What is recorded of migrations.
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
			return CatalogRecords.COVERED.equals(row.kind());
		}

	}

	/**
	 * Reads something.
	 */
	@FunctionalInterface
	private interface Reading<T> {

		T read(ResultSet rows) throws SQLException;

	}

}
