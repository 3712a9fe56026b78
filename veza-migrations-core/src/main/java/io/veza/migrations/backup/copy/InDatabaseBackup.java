package io.veza.migrations.backup.copy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.veza.migrations.backup.BackupCatalogue;
import io.veza.migrations.backup.BackupContext;
import io.veza.migrations.backup.BackupSchema;
import io.veza.migrations.backup.LiftedRowSecurity;
import io.veza.migrations.backup.PinnedSettings;
import io.veza.migrations.backup.loss.DataLossFinder;
import io.veza.migrations.backup.loss.LostTableData;
import io.veza.migrations.backup.loss.ObservedDataLosses;
import io.veza.migrations.sql.SqlQuoting;
import io.veza.migrations.sql.StatementRunner;

/**
 * Keeps what a DOWN destroys as tables of the same database, in the transaction of the
 * DOWN. No value passes through this process.
 */
public final class InDatabaseBackup {

	/** Copying takes the one, the lock the other. */
	private static final String DENIED = """
			SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, current_user AS role
			FROM pg_catalog.pg_class c
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE c.oid = ANY (?) AND NOT (pg_catalog.has_table_privilege(c.oid, 'SELECT')
				AND pg_catalog.has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE'))
			ORDER BY n.nspname, c.relname""";

	private static final String SIZE = "SELECT pg_catalog.pg_table_size(CAST(? AS regclass))";

	private final DataLossFinder finder;

	private final BackupSchema schema;

	private final BackupCatalogue catalogue;

	private final BackupSizeLimit limit;

	/**
	 * Create a new instance.
	 * @param finder finds what is lost in the end
	 * @param schema the name of the schema of the backups
	 * @param maxBytes how large a backup may be
	 */
	public InDatabaseBackup(DataLossFinder finder, String schema, long maxBytes) {
		this.finder = finder;
		this.schema = new BackupSchema(schema);
		this.catalogue = new BackupCatalogue(schema);
		this.limit = new BackupSizeLimit(maxBytes);
	}

	/**
	 * Copy what is going to be lost, and let nobody write there until the transaction
	 * ends.
	 * @param connection the connection, in the transaction of the DOWN, before it
	 * @param losses what is going to be lost
	 * @param context for which rollback
	 * @return what is kept, to be settled after the DOWN
	 * @throws SQLException if a statement fails, such as for a lock that was not to be
	 * had
	 * @throws io.veza.migrations.failure.BackupFailedException if it cannot be kept
	 */
	public KeptData keep(Connection connection, ObservedDataLosses losses, BackupContext context) throws SQLException {
		try {
			List<KeptTable> tables = new ArrayList<>();
			List<KeptSequence> sequences = new ArrayList<>();
			if (!losses.isEmpty()) {
				copy(new StatementRunner(connection), losses, context, tables, sequences);
			}
			return new KeptData(this, losses, this.finder.snapshot(connection), context, tables, sequences);
		}
		catch (SQLException ex) {
			throw BackupFailures.explained(ex);
		}
	}

	private void copy(StatementRunner statements, ObservedDataLosses losses, BackupContext context,
			List<KeptTable> tables, List<KeptSequence> sequences) throws SQLException {
		List<Long> oids = losses.tables().stream().map(LostTableData::oid).toList();
		requireAllowed(statements, oids);
		PinnedSettings settings = oids.isEmpty() ? PinnedSettings.forCopying(statements)
				: PinnedSettings.forCopying(statements, lock(losses.tables()));
		LiftedRowSecurity security = LiftedRowSecurity.lift(statements, oids, BackupFailures::withOtherModes);
		List<TableCopyPlan> plans = new TableCopyPlanner(statements).plan(losses);
		this.limit.require(plans.stream().map(TableCopyPlan::estimated).toList(), "would have about");
		Set<Long> empty = new HashSet<>(oids);
		plans.forEach((plan) -> empty.remove(plan.source().oid()));
		List<KeptSequence> lostSequences = new LostSequenceReader(statements).read(losses.sequences().keySet(), empty);
		if (!plans.isEmpty() || !lostSequences.isEmpty()) {
			int position = prepare(statements, context);
			for (TableCopyPlan plan : plans) {
				tables.add(copy(statements, plan, context, ++position));
			}
			for (KeptSequence sequence : lostSequences) {
				sequences.add(sequence.at(++position));
			}
		}
		this.limit.require(tables.stream().map(KeptTable::size).toList(), "has");
		security.putBack();
		settings.putBack();
	}

	private static void requireAllowed(StatementRunner statements, List<Long> oids) throws SQLException {
		statements.query(DENIED, (row) -> {
			throw BackupFailures.withOtherModes(
					"The role \"%s\" may not copy the table \"%s\".".formatted(row.getString("role"),
							row.getString("name")),
					"Run GRANT SELECT, DELETE ON TABLE %s TO %s.".formatted(row.getString("name"),
							SqlQuoting.identifier(row.getString("role"))),
					null);
		}, statements.oids(oids));
	}

	private static String lock(List<LostTableData> tables) {
		return tables.stream()
			.map((table) -> "ONLY " + table.name())
			.collect(Collectors.joining(", ", "LOCK TABLE ", " IN SHARE MODE"));
	}

	private int prepare(StatementRunner statements, BackupContext context) throws SQLException {
		this.schema.prepare(statements);
		this.catalogue.prepare(statements);
		return this.catalogue.lastPosition(statements, context.operationId());
	}

	private KeptTable copy(StatementRunner statements, TableCopyPlan plan, BackupContext context, int position)
			throws SQLException {
		String name = context.backupTable(plan.source().name(), position);
		long rows = statements.execute(plan.copyInto(this.schema.qualified(name)));
		this.schema.revokeGrants(statements, name);
		return new KeptTable(plan, plan.item(position, name, rows, size(statements, name)));
	}

	long size(StatementRunner statements, String table) throws SQLException {
		return statements.query(SIZE, (row) -> row.getLong(1), this.schema.qualified(table)).get(0);
	}

	DataLossFinder finder() {
		return this.finder;
	}

	BackupSchema schema() {
		return this.schema;
	}

	BackupCatalogue catalogue() {
		return this.catalogue;
	}

}
