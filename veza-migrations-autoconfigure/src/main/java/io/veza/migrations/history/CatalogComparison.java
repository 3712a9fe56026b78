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
		return reading(connection, this::drift);
	}

	private <T> T reading(Connection connection, Reading<T> reading) throws SQLException {
		for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
			try {
				return readingOnce(connection, reading);
			}
			catch (SQLException ex) {
				if (!VANISHED.contains(String.valueOf(ex.getSQLState()))) {
					throw ex;
				}
			}
		}
		return readingOnce(connection, reading);
	}

	private <T> T readingOnce(Connection connection, Reading<T> reading) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute("BEGIN READ ONLY");
			try {
				statement.execute(String.join(";\n", this.records.pins()));
				T result = reading.read(statement);
				statement.execute(ROLLBACK);
				return result;
			}
			catch (SQLException ex) {
				abort(statement, ex);
				throw ex;
			}
		}
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
			return new Recorded(read(statement, this.records.recorded(versions)));
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
		return reading(connection, (statement) -> {
			try (ResultSet row = statement.executeQuery(this.records.concerned(versions, everything))) {
				row.next();
				return row.getString("digest");
			}
		});
	}

	private Drift drift(Statement statement) throws SQLException {
		List<CatalogDifference> ours = new ArrayList<>();
		boolean stale = false;
		boolean moved = false;
		try (ResultSet rows = statement.executeQuery(this.records.drift())) {
			while (rows.next()) {
				stale = true;
				moved |= CatalogRecords.HISTORY.equals(rows.getString("kind"));
				if (rows.getBoolean("ours")) {
					ours.add(difference(rows));
				}
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
			return read(statement, this.records.leftBehind(operationId));
		}
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
			statement.execute(String.join(";\n", this.records.pins()));
			statement.execute(SAVEPOINT);
			for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
				try {
					Recorded recorded = new Recorded(read(statement, this.records.verify(versions)));
					return versions.stream().allMatch(recorded::covers) ? Verification.of(recorded.changes())
							: Verification.UNKNOWN;
				}
				catch (SQLException ex) {
					if (!VANISHED.contains(String.valueOf(ex.getSQLState()))) {
						throw ex;
					}
					statement.execute(TO_SAVEPOINT);
				}
			}
			return Verification.UNKNOWN;
		}
	}

	private static List<CatalogDifference> read(Statement statement, String sql) throws SQLException {
		List<CatalogDifference> differences = new ArrayList<>();
		try (ResultSet rows = statement.executeQuery(sql)) {
			while (rows.next()) {
				differences.add(difference(rows));
			}
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

		T read(Statement statement) throws SQLException;

	}

}
