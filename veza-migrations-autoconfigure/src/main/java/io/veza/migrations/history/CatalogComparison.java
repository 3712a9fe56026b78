package io.veza.migrations.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.Verification;

/**
 * Compares the catalogs with what is recorded of them.
 */
public final class CatalogComparison {

	private static final String LOCK_TIMEOUT = "SET LOCAL lock_timeout = 1000";

	private static final String ROLLBACK = "ROLLBACK";

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
		try (Statement statement = connection.createStatement()) {
			statement.setEscapeProcessing(false);
			statement.execute("BEGIN READ ONLY");
			try {
				statement.execute(LOCK_TIMEOUT + ";\n" + String.join(";\n", this.records.pins()));
				Drift drift = drift(statement);
				statement.execute(ROLLBACK);
				return drift;
			}
			catch (SQLException ex) {
				abort(statement, ex);
				throw ex;
			}
		}
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
		return moved ? Drift.UNKNOWN : new Drift(true, stale, ours);
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
	 */
	public record Drift(boolean known, boolean stale, List<CatalogDifference> differences) {

		/** Nothing can be told. */
		public static final Drift UNKNOWN = new Drift(false, true, List.of());

		public Drift {
			differences = List.copyOf(differences);
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
			List<CatalogDifference> rows = read(statement, this.records.verify(versions));
			Set<String> covered = new HashSet<>();
			List<CatalogDifference> differences = new ArrayList<>();
			for (CatalogDifference row : rows) {
				if (CatalogRecords.COVERED.equals(row.kind())) {
					covered.add(row.identity());
				}
				else {
					differences.add(row);
				}
			}
			boolean known = versions.stream().allMatch((version) -> covered.contains(version.text()));
			return known ? Verification.of(differences) : Verification.UNKNOWN;
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

}
