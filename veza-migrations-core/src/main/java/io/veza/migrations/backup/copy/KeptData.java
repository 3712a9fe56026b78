package io.veza.migrations.backup.copy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.veza.migrations.Backup;
import io.veza.migrations.BackupMode;
import io.veza.migrations.backup.BackupContext;
import io.veza.migrations.backup.BackupSchema;
import io.veza.migrations.backup.KeptItem;
import io.veza.migrations.backup.LiftedRowSecurity;
import io.veza.migrations.backup.PinnedSettings;
import io.veza.migrations.backup.QuotedNames;
import io.veza.migrations.backup.TargetColumn;
import io.veza.migrations.backup.loss.DataSnapshot;
import io.veza.migrations.backup.loss.ObservedDataLosses;
import io.veza.migrations.sql.SqlQuoting;
import io.veza.migrations.sql.StatementRunner;

/**
 * The data that is kept before a DOWN, in a transaction that has not ended.
 */
public final class KeptData {

	private static final String TRIM = """
			CREATE TABLE %s USING heap AS
			SELECT b.*
			FROM %s b
			WHERE NOT EXISTS (
				SELECT 1
				FROM ONLY %s t
				WHERE %s AND pg_catalog.record_image_eq(ROW(%s), ROW(%s)))""";

	private static final String NAME = """
			SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
			FROM pg_catalog.pg_class c
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE c.oid = CAST(? AS oid)""";

	private final InDatabaseBackup backup;

	private final ObservedDataLosses losses;

	private final DataSnapshot before;

	private final BackupContext context;

	private final List<KeptTable> tables;

	private final List<KeptSequence> sequences;

	KeptData(InDatabaseBackup backup, ObservedDataLosses losses, DataSnapshot before, BackupContext context,
			List<KeptTable> tables, List<KeptSequence> sequences) {
		this.backup = backup;
		this.losses = losses;
		this.before = before;
		this.context = context;
		this.tables = List.copyOf(tables);
		this.sequences = List.copyOf(sequences);
	}

	/**
	 * Make sure that the DOWN has destroyed nothing else, drop rows that it did not
	 * touch, and record in the catalogue what is left.
	 * @param connection the connection, in the transaction of the DOWN, after it
	 * @return the backup
	 * @throws SQLException if a statement fails
	 * @throws io.veza.migrations.failure.BackupFailedException if the DOWN has destroyed
	 * more than was found before
	 */
	public Backup settle(Connection connection) throws SQLException {
		try {
			List<String> unexpected = this.losses.unexpected(this.backup.finder().lostSince(connection, this.before));
			if (!unexpected.isEmpty()) {
				throw BackupFailures.changedMeanwhile("now it destroys " + QuotedNames.of(unexpected) + ", too", null);
			}
			StatementRunner statements = new StatementRunner(connection);
			return record(statements, trimmed(statements));
		}
		catch (SQLException ex) {
			throw BackupFailures.explained(ex);
		}
	}

	private List<KeptTable> trimmed(StatementRunner statements) throws SQLException {
		List<Long> oids = this.tables.stream()
			.filter(KeptTable::canBeTrimmed)
			.map((table) -> table.plan().source().oid())
			.toList();
		if (oids.isEmpty()) {
			return this.tables;
		}
		PinnedSettings settings = PinnedSettings.forCopying(statements);
		LiftedRowSecurity security = LiftedRowSecurity.lift(statements, oids, BackupFailures::withOtherModes);
		List<KeptTable> trimmed = new ArrayList<>();
		for (KeptTable table : this.tables) {
			trimmed.add(table.canBeTrimmed() ? trimmed(statements, table) : table);
		}
		security.putBack();
		settings.putBack();
		return trimmed.stream().filter((table) -> table.item().rows() > 0).toList();
	}

	/**
	 * The rows that are left are copied, because deleted rows would still take their
	 * room.
	 */
	private KeptTable trimmed(StatementRunner statements, KeptTable table) throws SQLException {
		BackupSchema schema = this.backup.schema();
		String name = String.valueOf(table.item().backupTable());
		String old = schema.qualified(name);
		String trimmedName = "trimmed_" + table.item().position();
		List<TargetColumn> columns = TargetColumn.numbered(statements, table.plan().source().oid(),
				table.plan().numbers(), old);
		String source = statements.query(NAME, (row) -> row.getString(1), table.plan().source().oid()).get(0);
		long rows = statements.execute(TRIM.formatted(schema.qualified(trimmedName), old, source,
				TargetColumn.join(columns, table.item().keyColumns()),
				columns.stream().map(TargetColumn::image).collect(Collectors.joining(", ")),
				columns.stream().map(TargetColumn::keptImage).collect(Collectors.joining(", "))));
		statements.execute("DROP TABLE " + old);
		if (rows == 0) {
			statements.execute("DROP TABLE " + schema.qualified(trimmedName));
			return table.trimmed(0, 0);
		}
		statements.execute(
				"ALTER TABLE %s RENAME TO %s".formatted(schema.qualified(trimmedName), SqlQuoting.identifier(name)));
		schema.revokeGrants(statements, name);
		return table.trimmed(rows, this.backup.size(statements, name));
	}

	private Backup record(StatementRunner statements, List<KeptTable> kept) throws SQLException {
		List<KeptItem> items = Stream
			.concat(kept.stream().map(KeptTable::item), this.sequences.stream().map(KeptSequence::item))
			.toList();
		for (KeptItem item : items) {
			this.backup.catalogue().add(statements, this.context, item);
		}
		if (items.isEmpty()) {
			return Backup.nothing(BackupMode.IN_DATABASE);
		}
		List<Backup.Kept> all = Stream
			.concat(kept.stream().map((table) -> table.kept(this.backup.schema())),
					this.sequences.stream().map(KeptSequence::kept))
			.toList();
		return new Backup(BackupMode.IN_DATABASE, this.backup.schema().name(), all,
				items.stream().mapToLong(KeptItem::bytes).sum(), null);
	}

}
