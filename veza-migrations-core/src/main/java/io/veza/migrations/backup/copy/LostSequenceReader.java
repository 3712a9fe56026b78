package io.veza.migrations.backup.copy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.veza.migrations.DataLoss.Kind;
import io.veza.migrations.backup.KeptItem;
import io.veza.migrations.sql.SqlQuoting;
import io.veza.migrations.sql.StatementRunner;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of sequences that are going to be lost. They fit into the catalogue.
 */
final class LostSequenceReader {

	private static final String OWNERS = """
			SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, n.nspname, c.relname, s.seqstart, d.refobjid AS owner, tn.nspname AS owner_schema,
				t.relname AS owner_name, a.attname AS owner_column, pg_catalog.format_type(s.seqtypid, NULL) AS type
			FROM pg_catalog.pg_sequence s
			JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
				AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
			LEFT JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
			LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
			LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
			WHERE c.oid = ANY (?)
			ORDER BY n.nspname, c.relname""";

	private final StatementRunner statements;

	LostSequenceReader(StatementRunner statements) {
		this.statements = statements;
	}

	/**
	 * Read the values of those that were used.
	 * @param oids the sequences
	 * @param emptyTables tables whose sequences count nothing that is there
	 * @return what goes into the catalogue
	 * @throws SQLException if a query fails
	 */
	List<KeptSequence> read(Collection<Long> oids, Set<Long> emptyTables) throws SQLException {
		if (oids.isEmpty()) {
			return List.of();
		}
		List<OwnedSequence> sequences = this.statements.query(OWNERS, LostSequenceReader::owned,
				this.statements.oids(oids));
		List<KeptSequence> kept = new ArrayList<>();
		for (OwnedSequence sequence : sequences) {
			if (!emptyTables.contains(sequence.owner())) {
				String query = "SELECT last_value, is_called FROM "
						+ SqlQuoting.identifier(sequence.schema(), sequence.name());
				KeptItem item = this.statements.queryOne(query,
						(row) -> sequence.item(row.getLong("last_value"), row.getBoolean("is_called")));
				if (item.sequenceCalled() || !Long.valueOf(sequence.start()).equals(item.sequenceValue())) {
					kept.add(new KeptSequence(sequence.label(), item));
				}
			}
		}
		return kept;
	}

	private static OwnedSequence owned(ResultSet row) throws SQLException {
		return new OwnedSequence(row.getString("name"), row.getString("nspname"), row.getString("relname"),
				row.getString("type"), row.getLong("seqstart"), row.getLong("owner"), row.getString("owner_schema"),
				row.getString("owner_name"), row.getString("owner_column"));
	}

	/**
	 * A sequence with the column that owns it.
	 *
	 * @param label its name with its schema, quoted where needed
	 * @param schema its schema
	 * @param name its name
	 * @param type its type
	 * @param start its first value
	 * @param owner the table, 0 if there is none
	 * @param ownerSchema its schema
	 * @param ownerName its name
	 * @param ownerColumn the column
	 */
	private record OwnedSequence(String label, String schema, String name, String type, long start, long owner,
			@Nullable String ownerSchema, @Nullable String ownerName, @Nullable String ownerColumn) {

		KeptItem item(long value, boolean called) {
			List<String> columns = (this.ownerColumn != null) ? List.of(this.ownerColumn) : List.of();
			return new KeptItem(0, Kind.SEQUENCE, this.schema, this.name, this.ownerSchema, this.ownerName, columns,
					List.of(this.type), List.of(), null, 0, 0, value, called);
		}

	}

}
