package io.veza.migrations.backup.restore;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.veza.migrations.DataLoss.Kind;
import io.veza.migrations.backup.BackupCatalogue;
import io.veza.migrations.backup.BackupSchema;
import io.veza.migrations.backup.KeptItem;
import io.veza.migrations.backup.KeptOperation;
import io.veza.migrations.backup.LiftedRowSecurity;
import io.veza.migrations.backup.PinnedSettings;
import io.veza.migrations.backup.QuotedNames;
import io.veza.migrations.failure.RestoreFailedException;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.sql.SqlState;
import io.veza.migrations.sql.StatementRunner;

/**
 * Brings back what a rollback destroyed, after the UP was applied again. Kept values win
 * over those that are there.
 */
public final class InDatabaseRestore {

	private static final String INTEGRITY = "23";

	private static final String DATA = "22";

	private final BackupSchema schema;

	private final BackupCatalogue catalogue;

	/**
	 * Create a new instance.
	 * @param schema the name of the schema of the backups
	 */
	public InDatabaseRestore(String schema) {
		this.schema = new BackupSchema(schema);
		this.catalogue = new BackupCatalogue(schema);
	}

	/**
	 * Bring back all that is kept of an operation, in the transaction of the connection.
	 * @param connection the connection
	 * @param operationId the rollback that destroyed it
	 * @param restoreId the operation that brings it back
	 * @param origin who asks for it
	 * @return what came back
	 * @throws SQLException if a statement fails, such as for a lock that was not to be
	 * had
	 * @throws RestoreFailedException if it cannot come back
	 */
	public List<RestoredObject> restore(Connection connection, UUID operationId, UUID restoreId, RequestOrigin origin)
			throws SQLException {
		StatementRunner statements = new StatementRunner(connection);
		try {
			List<KeptItem> items = items(statements, operationId);
			KeptOperation operation = restorable(statements, operationId);
			List<RestoredObject> restored = new ArrayList<>(rows(statements, operation, items));
			restored.addAll(new KeptSequenceRestore(statements, operation)
				.restore(items.stream().filter((item) -> item.kind() == Kind.SEQUENCE).toList()));
			this.catalogue.markRestored(statements, operationId, restoreId, origin.requestedBy());
			return restored;
		}
		catch (SQLException ex) {
			throw explained(ex);
		}
	}

	private List<KeptItem> items(StatementRunner statements, UUID operationId) throws SQLException {
		boolean present = this.catalogue.isPresent(statements);
		List<KeptItem> items = present ? this.catalogue.lockedItems(statements, operationId) : List.of();
		if (items.isEmpty()) {
			List<String> others = present ? this.catalogue.operations(statements, null)
				.stream()
				.filter((operation) -> operation.restoredAt() == null)
				.map((operation) -> operation.id().toString())
				.toList() : List.of();
			throw new RestoreFailedException(
					"The schema \"%s\" holds no backup of the operation \"%s\".".formatted(this.schema.name(),
							operationId),
					others.isEmpty() ? "There is none that could be restored."
							: "Those that can be restored are %s.".formatted(QuotedNames.of(others)),
					null);
		}
		return items;
	}

	/** Asked after the lock: whoever else restored it has committed. */
	private KeptOperation restorable(StatementRunner statements, UUID operationId) throws SQLException {
		KeptOperation operation = this.catalogue.operations(statements, operationId).get(0);
		if (operation.restoredAt() != null) {
			throw new RestoreFailedException(
					"What the operation \"%s\" destroyed was restored at %s by \"%s\" already.".formatted(operationId,
							operation.restoredAt(),
							(operation.restoredBy() != null) ? operation.restoredBy() : "the application"),
					"Take what is missing from the tables of the schema \"%s\".".formatted(this.schema.name()), null);
		}
		return operation;
	}

	private List<RestoredObject> rows(StatementRunner statements, KeptOperation operation, List<KeptItem> items)
			throws SQLException {
		List<RestoreTarget> targets = new RestoreTargetLocator(statements, this.schema, operation)
			.locked(items.stream().filter((item) -> item.kind() != Kind.SEQUENCE).toList());
		if (targets.isEmpty()) {
			return List.of();
		}
		PinnedSettings settings = PinnedSettings.forWriting(statements);
		LiftedRowSecurity security = LiftedRowSecurity.lift(statements,
				targets.stream().map(RestoreTarget::oid).toList(), RestoreFailedException::new);
		requireEmpty(statements, targets);
		SuspendedTriggers triggers = SuspendedTriggers.of(statements, targets);
		statements.execute("SET CONSTRAINTS ALL DEFERRED");
		List<RestoredObject> restored = new ArrayList<>();
		for (List<RestoreTarget> layer : layers(targets)) {
			restored.addAll(write(statements, layer));
		}
		statements.execute("SET CONSTRAINTS ALL IMMEDIATE");
		triggers.resume();
		security.putBack();
		settings.putBack();
		return restored;
	}

	private static void requireEmpty(StatementRunner statements, List<RestoreTarget> targets) throws SQLException {
		for (RestoreTarget target : targets) {
			String query = "SELECT EXISTS (SELECT 1 FROM %s)".formatted(target.rows());
			if (!target.hasKey() && statements.queryOne(query, (row) -> row.getBoolean(1))) {
				throw new RestoreFailedException(
						"The table %s has rows already, and no key to tell which of the kept rows they are."
							.formatted(target.table()),
						"Empty it, or copy from %s what is missing.".formatted(target.backup()), null);
			}
		}
	}

	/**
	 * What was destroyed last comes back first: a table before a column that it lost
	 * earlier.
	 */
	private static List<List<RestoreTarget>> layers(List<RestoreTarget> targets) {
		List<RestoreTarget> latestFirst = new ArrayList<>(targets);
		Collections.reverse(latestFirst);
		List<List<RestoreTarget>> layers = new ArrayList<>();
		for (RestoreTarget target : latestFirst) {
			int depth = (int) layers.stream()
				.filter((layer) -> layer.stream().anyMatch((other) -> other.oid() == target.oid()))
				.count();
			if (depth == layers.size()) {
				layers.add(new ArrayList<>());
			}
			layers.get(depth).add(0, target);
		}
		return layers;
	}

	/**
	 * Foreign keys are checked when a statement ends: whichever table refers to which,
	 * all rows are there by then.
	 */
	private static List<RestoredObject> write(StatementRunner statements, List<RestoreTarget> targets)
			throws SQLException {
		String parts = IntStream.range(0, targets.size())
			.mapToObj((i) -> "u%1$d AS (%2$s),\ni%1$d AS (%3$s)".formatted(i, targets.get(i).update(),
					targets.get(i).insert()))
			.collect(Collectors.joining(",\n"));
		String counts = IntStream.range(0, targets.size())
			.mapToObj("(SELECT pg_catalog.count(*) FROM u%1$d) + (SELECT pg_catalog.count(*) FROM i%1$d)"::formatted)
			.collect(Collectors.joining(",\n"));
		return statements.queryOne("WITH " + parts + "\nSELECT " + counts, (row) -> {
			List<RestoredObject> restored = new ArrayList<>();
			for (int i = 0; i < targets.size(); i++) {
				restored.add(targets.get(i).restored(row.getLong(i + 1)));
			}
			return restored;
		});
	}

	private SQLException explained(SQLException ex) {
		String state = SqlState.of(ex);
		if (state.startsWith(INTEGRITY) || state.startsWith(DATA)) {
			throw new RestoreFailedException("What was kept does not fit into the tables: " + ex.getMessage() + ".",
					"Nothing was changed; correct the tables, or copy from the schema \"%s\" what is missing."
						.formatted(this.schema.name()),
					ex);
		}
		if (state.equals(SqlState.INSUFFICIENT_PRIVILEGE)) {
			throw new RestoreFailedException("What was kept could not be restored: " + ex.getMessage() + ".",
					"Restore it as the owner of the tables, or as a superuser.", ex);
		}
		return ex;
	}

}
