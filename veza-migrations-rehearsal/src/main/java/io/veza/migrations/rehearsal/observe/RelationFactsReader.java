package io.veza.migrations.rehearsal.observe;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.RelationFacts.Column;
import io.veza.migrations.rehearsal.effect.RelationFacts.Constraint;
import io.veza.migrations.rehearsal.effect.RelationFacts.Index;

/**
 * Reads the definitions of tables. The result does not depend on the settings of the
 * session, so that the results of two sessions can be compared, and reading never waits
 * for a lock of another session.
 */
public final class RelationFactsReader implements AutoCloseable {

	/**
	 * A foreign key to a partitioned table has children of its own table, one for each
	 * partition. What a SELECT returns is nothing that PostgreSQL plans for: it plans the
	 * query once, and not for each list of tables anew.
	 */
	private static final String FACTS = """
			WITH wanted AS (
				SELECT c.oid, c.relname, c.relpersistence, c.reltablespace, n.nspname,
					CASE WHEN c.relispartition THEN (
						SELECT pg_catalog.format('%I.%I', pn.nspname, p.relname)
						FROM pg_catalog.pg_inherits h
						JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
						JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
						WHERE h.inhrelid = c.oid)
					END AS parent
				FROM pg_catalog.pg_class c
				JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
				WHERE c.oid = ANY ((SELECT ?::oid[])::oid[]))
			SELECT w.oid AS relation, 'relation' AS part, 0 AS id, w.relname AS name, w.nspname AS kind,
				w.relpersistence::text AS text, w.parent AS columns, false AS first, false AS second, false AS third,
				w.reltablespace::bigint AS number
			FROM wanted w
			UNION ALL
			SELECT w.oid, 'column', a.attnum, a.attname,
				CASE
					WHEN t.typnamespace = 'pg_catalog'::regnamespace AND coalesce(e.typnamespace, t.typnamespace) = t.typnamespace
						THEN pg_catalog.format_type(a.atttypid, a.atttypmod)
					ELSE pg_catalog.format('%I.%I', tn.nspname, t.typname)
						|| CASE WHEN a.atttypmod >= 0 THEN '(' || a.atttypmod || ')' ELSE '' END
				END,
				NULL, NULL, a.attnotnull, a.atthasdef OR a.attidentity <> '', a.attgenerated = 's', 0
			FROM wanted w
			JOIN pg_catalog.pg_attribute a ON a.attrelid = w.oid AND a.attnum > 0 AND NOT a.attisdropped
			JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
			JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
			LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
			UNION ALL
			SELECT w.oid, 'constraint', k.oid, k.conname, k.contype::text, $constraint,
				pg_catalog.array_to_string(k.conkey, ' ') || '|' || coalesce((
					SELECT pg_catalog.format('%I.%I', fn.nspname, f.relname)
					FROM pg_catalog.pg_class f
					JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
					WHERE f.oid = k.confrelid), ''),
				k.convalidated, false, false, k.conindid
			FROM wanted w
			JOIN pg_catalog.pg_constraint k ON k.conrelid = w.oid
			LEFT JOIN pg_catalog.pg_constraint parent ON parent.oid = k.conparentid
			WHERE parent.conrelid IS DISTINCT FROM k.conrelid
			UNION ALL
			SELECT w.oid, 'index', i.indexrelid, x.relname, NULL, $index, NULL,
				i.indisunique, i.indisvalid, false, pg_catalog.pg_relation_filenode(i.indexrelid)
			FROM wanted w
			JOIN pg_catalog.pg_index i ON i.indrelid = w.oid
			JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
			ORDER BY 1, 2, 3""";

	private final Connection connection;

	private final PreparedStatement facts;

	private RelationFactsReader(Connection connection, String sql) throws SQLException {
		this.connection = connection;
		this.facts = connection.prepareStatement(sql);
	}

	/**
	 * Return a reader of all that there is to know.
	 * @param connection the connection, which the statement is prepared on
	 * @return the reader
	 * @throws SQLException if it is closed
	 */
	public static RelationFactsReader complete(Connection connection) throws SQLException {
		return new RelationFactsReader(connection,
				FACTS.replace("$constraint", "pg_catalog.pg_get_constraintdef(k.oid)")
					.replace("$index", "pg_catalog.pg_get_indexdef(i.indexrelid)"));
	}

	/**
	 * Return a reader that leaves definitions out: PostgreSQL locks a table to write them
	 * down, and so would wait for who changes it.
	 * @param connection the connection, which the statement is prepared on
	 * @return the reader
	 * @throws SQLException if it is closed
	 */
	static RelationFactsReader unlocked(Connection connection) throws SQLException {
		return new RelationFactsReader(connection, FACTS.replace("$constraint", "''").replace("$index", "''"));
	}

	/**
	 * Read the definitions of tables.
	 * @param relations their identifiers
	 * @return the definitions by table, without those of tables that do not exist
	 * @throws SQLException if the server refuses it
	 */
	Map<Long, RelationFacts> read(Collection<Long> relations) throws SQLException {
		if (relations.isEmpty()) {
			return Map.of();
		}
		this.facts.setArray(1, this.connection.createArrayOf("oid", relations.toArray()));
		Map<Long, RelationFactsBuilder> builders = new LinkedHashMap<>();
		try (ResultSet rows = this.facts.executeQuery()) {
			while (rows.next()) {
				add(builders.computeIfAbsent(rows.getLong("relation"), (oid) -> new RelationFactsBuilder()), rows);
			}
		}
		return builders.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().build()));
	}

	@Override
	public void close() throws SQLException {
		this.facts.close();
	}

	private static void add(RelationFactsBuilder builder, ResultSet row) throws SQLException {
		String name = row.getString("name");
		switch (row.getString("part")) {
			case "relation" -> builder.relation(row.getString("kind"), name, row.getString("text"),
					row.getLong("number"), row.getString("columns"));
			case "column" -> builder.add(new Column(row.getInt("id"), name, row.getString("kind"),
					row.getBoolean("first"), row.getBoolean("second"), row.getBoolean("third")));
			case "constraint" -> builder.add(constraint(row, name));
			default -> builder.add(new Index(row.getLong("id"), name, row.getBoolean("first"), row.getBoolean("second"),
					row.getLong("number"), row.getString("text")));
		}
	}

	private static Constraint constraint(ResultSet row, String name) throws SQLException {
		String columns = row.getString("columns");
		String[] parts = ((columns != null) ? columns : "|").split("\\|", 2);
		List<Integer> numbers = Arrays.stream(parts[0].split(" "))
			.filter((number) -> !number.isEmpty())
			.map(Integer::valueOf)
			.toList();
		return new Constraint(row.getLong("id"), name, row.getString("kind"), row.getBoolean("first"), numbers,
				parts[1].isEmpty() ? null : parts[1], row.getLong("number"), row.getString("text"));
	}

}
