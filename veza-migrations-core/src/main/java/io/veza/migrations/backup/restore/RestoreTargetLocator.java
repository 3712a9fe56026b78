package io.veza.migrations.backup.restore;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.veza.migrations.backup.BackupSchema;
import io.veza.migrations.backup.KeptItem;
import io.veza.migrations.backup.KeptOperation;
import io.veza.migrations.backup.QuotedNames;
import io.veza.migrations.backup.TargetColumn;
import io.veza.migrations.failure.RestoreFailedException;
import io.veza.migrations.sql.StatementRunner;

/**
 * Finds and locks the tables that are to get back what was kept of them.
 */
final class RestoreTargetLocator {

	/** What was kept of a partition that is not there again goes where its like goes. */
	private static final String FIND = """
			SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, c.relkind = 'r' AS only
			FROM pg_catalog.pg_class c
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE (n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p'))
				OR (n.nspname = ? AND c.relname = ? AND c.relkind = 'p')
			ORDER BY n.nspname = ? AND c.relname = ? DESC
			LIMIT 1""";

	private static final String PRESENT = "SELECT pg_catalog.to_regclass(?) IS NOT NULL";

	private final StatementRunner statements;

	private final BackupSchema schema;

	private final KeptOperation operation;

	private final List<String> missing = new ArrayList<>();

	RestoreTargetLocator(StatementRunner statements, BackupSchema schema, KeptOperation operation) {
		this.statements = statements;
		this.schema = schema;
		this.operation = operation;
	}

	/**
	 * Find and lock them.
	 * @param items what was kept in tables
	 * @return the tables in the same order
	 * @throws SQLException if a lock was not to be had
	 * @throws RestoreFailedException if a table or column is not there
	 */
	List<RestoreTarget> locked(List<KeptItem> items) throws SQLException {
		List<RestoreTarget> targets = new ArrayList<>();
		for (KeptItem item : items) {
			requireBackup(this.schema.qualified(String.valueOf(item.backupTable())));
			find(item).ifPresentOrElse(targets::add, () -> this.missing.add("the table " + item.sql()));
		}
		requireAll();
		if (!targets.isEmpty()) {
			this.statements.execute(targets.stream()
				.map(RestoreTarget::rows)
				.distinct()
				.collect(Collectors.joining(", ", "LOCK TABLE ", " IN SHARE ROW EXCLUSIVE MODE")));
		}
		List<RestoreTarget> complete = new ArrayList<>();
		for (RestoreTarget target : targets) {
			complete.add(target.with(TargetColumn.named(this.statements, target.oid(), target.backup())));
		}
		complete.forEach((target) -> this.missing.addAll(target.missingColumns()));
		requireAll();
		return complete;
	}

	private void requireBackup(String table) throws SQLException {
		if (!this.statements.query(PRESENT, (row) -> row.getBoolean(1), table).get(0)) {
			throw new RestoreFailedException("The table %s that was kept is not there any more.".formatted(table),
					"Restore its rows from another backup.", null);
		}
	}

	private Optional<RestoreTarget> find(KeptItem item) throws SQLException {
		String backup = this.schema.qualified(String.valueOf(item.backupTable()));
		return this.statements
			.query(FIND,
					(row) -> new RestoreTarget(item, row.getLong("oid"), row.getString("name"), row.getBoolean("only"),
							backup, List.of()),
					item.schema(), item.name(), item.parentSchema(), item.parentName(), item.schema(), item.name())
			.stream()
			.findFirst();
	}

	private void requireAll() {
		if (!this.missing.isEmpty()) {
			throw new RestoreFailedException(
					"What the operation \"%s\" destroyed has no place: %s is not there.".formatted(this.operation.id(),
							String.join(", ", this.missing)),
					"Apply version %s first.".formatted(QuotedNames.of(this.operation.versions())), null);
		}
	}

}
