package io.veza.migrations.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import io.veza.migrations.DataLoss.Kind;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.sql.StatementRunner;
import org.jspecify.annotations.Nullable;

/**
 * The table that says what is kept, of what, when, for whom and from which operation.
 */
public final class BackupCatalogue {

	private static final String TABLE = "backups";

	/** Columns of later versions are added, never changed. */
	private static final String CREATE = """
			CREATE TABLE IF NOT EXISTS {catalogue} (
				id uuid PRIMARY KEY DEFAULT pg_catalog.gen_random_uuid(),
				operation_id uuid NOT NULL,
				position integer NOT NULL,
				versions text[] NOT NULL,
				kind text NOT NULL,
				source_schema text NOT NULL,
				source_name text NOT NULL,
				parent_schema text,
				parent_name text,
				columns text[] NOT NULL,
				column_types text[] NOT NULL,
				key_columns text[] NOT NULL,
				backup_table text,
				row_count bigint NOT NULL,
				bytes bigint NOT NULL,
				sequence_value bigint,
				sequence_called boolean NOT NULL,
				created_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
				requested_by text,
				reason text,
				database_user text NOT NULL DEFAULT current_user,
				restored_at timestamptz,
				restored_by text,
				restore_operation_id uuid,
				UNIQUE (operation_id, position))
			USING heap""";

	private static final String PRESENT = """
			SELECT 1
			FROM pg_catalog.pg_class c
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = ? AND c.relname = ?""";

	private static final String POSITION = """
			SELECT coalesce(pg_catalog.max(position), 0)
			FROM {catalogue}
			WHERE operation_id = ?""";

	private static final String INSERT = """
			INSERT INTO {catalogue} (operation_id, position, versions, kind, source_schema, source_name, parent_schema,
				parent_name, columns, column_types, key_columns, backup_table, row_count, bytes, sequence_value,
				sequence_called, requested_by, reason)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

	private static final String OPERATIONS = """
			SELECT operation_id, versions, kind, source_schema, source_name, columns, key_columns, backup_table, row_count, bytes,
				created_at, requested_by, reason, restored_at, restored_by, position,
				pg_catalog.format('%I.%I', source_schema, source_name) AS object
			FROM {catalogue}
			WHERE CAST(? AS uuid) IS NULL OR operation_id = ?
			ORDER BY pg_catalog.min(created_at) OVER (PARTITION BY operation_id), operation_id, position""";

	private static final String ITEMS = """
			SELECT position, kind, source_schema, source_name, parent_schema, parent_name, columns, column_types,
				key_columns, backup_table, row_count, bytes, sequence_value, sequence_called
			FROM {catalogue}
			WHERE operation_id = ?
			ORDER BY position
			FOR UPDATE""";

	private static final String RESTORED = """
			UPDATE {catalogue}
			SET restored_at = pg_catalog.clock_timestamp(), restored_by = ?, restore_operation_id = ?
			WHERE operation_id = ?""";

	private static final String EXPIRED = """
			SELECT operation_id
			FROM {catalogue}
			GROUP BY operation_id
			HAVING pg_catalog.max(created_at) < ?
			ORDER BY pg_catalog.max(created_at), operation_id""";

	private static final String TABLES = """
			SELECT backup_table
			FROM {catalogue}
			WHERE operation_id = ? AND backup_table IS NOT NULL
			ORDER BY position""";

	private static final String DELETE = "DELETE FROM {catalogue} WHERE operation_id = ?";

	private final BackupSchema schema;

	/**
	 * Create a new instance.
	 * @param schema the name of the schema of the backups
	 */
	public BackupCatalogue(String schema) {
		this.schema = new BackupSchema(schema);
	}

	/**
	 * Return the operations of which something is kept.
	 * @param connection the connection to ask on
	 * @return the operations, the oldest first; none if nothing was ever kept
	 * @throws SQLException if the query fails
	 */
	public List<KeptOperation> find(Connection connection) throws SQLException {
		StatementRunner statements = new StatementRunner(connection);
		return isPresent(statements) ? operations(statements, null) : List.of();
	}

	/**
	 * Drop what was kept for operations of long ago, in the transaction of the
	 * connection.
	 * @param connection the connection
	 * @param olderThan when they were, at the latest
	 * @return what was dropped
	 * @throws SQLException if a statement fails
	 */
	public List<KeptOperation> expire(Connection connection, Instant olderThan) throws SQLException {
		StatementRunner statements = new StatementRunner(connection);
		List<KeptOperation> expired = new ArrayList<>();
		if (isPresent(statements)) {
			for (UUID operation : statements.query(sql(EXPIRED), (row) -> row.getObject(1, UUID.class),
					OffsetDateTime.ofInstant(olderThan, ZoneOffset.UTC))) {
				expired.addAll(operations(statements, operation));
				drop(statements, operation);
			}
		}
		return expired;
	}

	private void drop(StatementRunner statements, UUID operation) throws SQLException {
		for (String table : statements.query(sql(TABLES), (row) -> row.getString(1), operation)) {
			statements.execute("DROP TABLE IF EXISTS " + this.schema.qualified(table));
		}
		statements.update(sql(DELETE), operation);
	}

	/**
	 * Create the table if it is missing.
	 * @param statements runs the statements
	 * @throws SQLException if a statement fails
	 */
	public void prepare(StatementRunner statements) throws SQLException {
		if (!isPresent(statements)) {
			statements.execute(sql(CREATE));
			this.schema.revokeGrants(statements, TABLE);
		}
	}

	/**
	 * Return whether the table exists.
	 * @param statements runs the query
	 * @return whether it exists
	 * @throws SQLException if the query fails
	 */
	public boolean isPresent(StatementRunner statements) throws SQLException {
		return !statements.query(PRESENT, (row) -> true, this.schema.name(), TABLE).isEmpty();
	}

	/**
	 * Return the number of the last that was kept for an operation.
	 * @param statements where
	 * @param operation the operation
	 * @return the number, 0 if there is none
	 * @throws SQLException if the query fails
	 */
	public int lastPosition(StatementRunner statements, UUID operation) throws SQLException {
		return statements.query(sql(POSITION), (row) -> row.getInt(1), operation).get(0);
	}

	/**
	 * Add an item.
	 * @param statements runs the statement
	 * @param context the rollback
	 * @param item what is kept for it
	 * @throws SQLException if the statement fails
	 */
	public void add(StatementRunner statements, BackupContext context, KeptItem item) throws SQLException {
		RequestOrigin origin = context.origin();
		statements.update(sql(INSERT), context.operationId(), item.position(),
				statements.texts(context.versions().stream().map(Object::toString).toList()), id(item.kind()),
				item.schema(), item.name(), item.parentSchema(), item.parentName(), statements.texts(item.columns()),
				statements.texts(item.columnTypes()), statements.texts(item.keyColumns()), item.backupTable(),
				item.rows(), item.bytes(), item.sequenceValue(), item.sequenceCalled(), origin.requestedBy(),
				origin.reason());
	}

	/**
	 * Return what is kept for an operation, and let nobody else restore it meanwhile.
	 * @param statements where
	 * @param operation the operation
	 * @return what is kept
	 * @throws SQLException if the query fails
	 */
	public List<KeptItem> lockedItems(StatementRunner statements, UUID operation) throws SQLException {
		return statements.query(sql(ITEMS), BackupCatalogue::item, operation);
	}

	/**
	 * Return the operations for which data is kept.
	 * @param statements runs the query
	 * @param only the only operation to return, {@code null} for all of them
	 * @return the operations
	 * @throws SQLException if the query fails
	 */
	public List<KeptOperation> operations(StatementRunner statements, @Nullable UUID only) throws SQLException {
		Map<UUID, KeptOperation> operations = new LinkedHashMap<>();
		statements.query(sql(OPERATIONS), (row) -> operations.merge(row.getObject("operation_id", UUID.class),
				operation(row), KeptOperation::plus), only, only);
		return List.copyOf(operations.values());
	}

	/**
	 * Note that the data of an operation was restored.
	 * @param statements runs the statement
	 * @param operation the operation
	 * @param restoreOperation the operation that restored it
	 * @param restoredBy who asked for that, {@code null} if nobody did
	 * @throws SQLException if the statement fails
	 */
	public void markRestored(StatementRunner statements, UUID operation, UUID restoreOperation,
			@Nullable String restoredBy) throws SQLException {
		statements.update(sql(RESTORED), restoredBy, restoreOperation, operation);
	}

	private static KeptItem item(ResultSet row) throws SQLException {
		return new KeptItem(row.getInt("position"), kind(row), row.getString("source_schema"),
				row.getString("source_name"), row.getString("parent_schema"), row.getString("parent_name"),
				StatementRunner.texts(row, "columns"), StatementRunner.texts(row, "column_types"),
				StatementRunner.texts(row, "key_columns"), row.getString("backup_table"), row.getLong("row_count"),
				row.getLong("bytes"), row.getObject("sequence_value", Long.class), row.getBoolean("sequence_called"));
	}

	private static KeptOperation operation(ResultSet row) throws SQLException {
		Timestamp restoredAt = row.getTimestamp("restored_at");
		Kind kind = kind(row);
		List<String> keys = StatementRunner.texts(row, "key_columns");
		List<String> columns = StatementRunner.texts(row, "columns")
			.stream()
			.filter((name) -> !keys.contains(name))
			.toList();
		KeptOperation.KeptObject object = new KeptOperation.KeptObject(kind, row.getString("object"),
				(kind == Kind.COLUMNS) ? columns : List.of(), row.getString("backup_table"), row.getLong("row_count"));
		return new KeptOperation(row.getObject("operation_id", UUID.class), StatementRunner.texts(row, "versions"),
				row.getTimestamp("created_at").toInstant(), row.getString("requested_by"), row.getString("reason"),
				List.of(object), row.getLong("bytes"), (restoredAt != null) ? restoredAt.toInstant() : null,
				row.getString("restored_by"));
	}

	private static String id(Kind kind) {
		return kind.name().toLowerCase(Locale.ROOT);
	}

	private static Kind kind(ResultSet row) throws SQLException {
		return Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT));
	}

	private String sql(String sql) {
		return sql.replace("{catalogue}", this.schema.qualified(TABLE));
	}

}
