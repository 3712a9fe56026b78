package io.veza.migrations.catalog;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The query for the snapshot of the schema of a database: what there is, by name, in a
 * form that is the same for equal schemas, whatever their history, their database and its
 * object identifiers.
 * <p>
 * Each row is an object or one facet of it, and no two have the same kind and identity.
 * {@code relation} is the table, view or other relation that the row belongs to, a
 * relation being its own, and null for what belongs to none. Every facet that can change
 * alone is a row alone: {@code owner}, {@code privileges} (only where they are not those
 * of a new object), {@code comment}, and {@code column order}, the identity of the first
 * three being the kind and the identity of their object.
 * <p>
 * Left out are what belongs to PostgreSQL or to an extension (and what belongs to that,
 * such as an index on the table of an extension), what is temporary, and what is ours.
 * Subscriptions, user mappings, transforms, security labels, large objects and the
 * settings of roles and databases are left out, and options of foreign data that look
 * like a secret are hidden.
 * <p>
 * The order of columns cannot be kept out of these: views that name the columns of a
 * table in its order (written as {@code SELECT *}, or because a column was renamed
 * since), bodies of SQL-standard functions and rules for the same reason, and functions
 * and types that are rows of a table.
 * <p>
 * Definitions depend on settings, therefore {@link #PINS} must be executed before, in
 * statements of their own. The query needs no privileges. As it has views and rules
 * written out, PostgreSQL takes ACCESS SHARE locks on what they use, which last as long
 * as the transaction and wait for who changes it. PostgreSQL's new versions write some
 * definitions in another way: snapshots of one version only can be compared.
 */
public final class SnapshotQuery {

	/**
	 * The statements that set what definitions depend on, and what would make planning
	 * the query slower, for the rest of a transaction.
	 */
	public static final List<String> PINS = List.of("SET LOCAL search_path = pg_catalog, pg_temp",
			"SET LOCAL quote_all_identifiers = off", "SET LOCAL standard_conforming_strings = on",
			"SET LOCAL datestyle = 'ISO, MDY'", "SET LOCAL intervalstyle = 'postgres'", "SET LOCAL timezone = 'UTC'",
			"SET LOCAL extra_float_digits = 1", "SET LOCAL bytea_output = 'hex'", "SET LOCAL lc_monetary = 'C'",
			"SET LOCAL jit = off", "SET LOCAL max_parallel_workers_per_gather = 0",
			"SET LOCAL join_collapse_limit = 1");

	private static final String OBJECTS = """
			objects (classid, objid, objsubid, kind, identity, relation, definition, owner, acl_type, acl)
				AS MATERIALIZED (
			""";

	private static final List<String> OBJECT_QUERIES = List.of(SnapshotRelationQueries.SCHEMAS,
			SnapshotRelationQueries.TABLES, SnapshotRelationQueries.VIEWS, SnapshotRelationQueries.SEQUENCES,
			SnapshotColumnQueries.COLUMNS, SnapshotColumnQueries.COLUMNS_OF_TYPES,
			SnapshotConstraintQueries.CONSTRAINTS, SnapshotConstraintQueries.CONSTRAINTS_OF_DOMAINS,
			SnapshotConstraintQueries.INDEXES, SnapshotConstraintQueries.STATISTICS, SnapshotRoutineQueries.ROUTINES,
			SnapshotRoutineQueries.AGGREGATES, SnapshotTriggerQueries.TRIGGERS, SnapshotTriggerQueries.EVENT_TRIGGERS,
			SnapshotTriggerQueries.RULES, SnapshotTriggerQueries.POLICIES, SnapshotTypeQueries.ENUMS,
			SnapshotTypeQueries.COMPOSITES, SnapshotTypeQueries.RANGES, SnapshotTypeQueries.BASE_TYPES,
			SnapshotTypeQueries.DOMAINS, SnapshotTypeQueries.COLLATIONS, SnapshotOperatorQueries.OPERATORS,
			SnapshotOperatorQueries.CLASSES, SnapshotOperatorQueries.FAMILIES, SnapshotOperatorQueries.CASTS,
			SnapshotOperatorQueries.CONVERSIONS, SnapshotTextSearchQueries.CONFIGURATIONS,
			SnapshotTextSearchQueries.DICTIONARIES, SnapshotTextSearchQueries.PARSERS,
			SnapshotTextSearchQueries.TEMPLATES, SnapshotExtensionQueries.EXTENSIONS,
			SnapshotExtensionQueries.LANGUAGES, SnapshotExtensionQueries.ACCESS_METHODS,
			SnapshotExtensionQueries.FOREIGN_DATA_WRAPPERS, SnapshotExtensionQueries.SERVERS,
			SnapshotPublicationQueries.PUBLICATIONS);

	private static final List<String> ROW_QUERIES = List.of(SnapshotFacetQueries.DEFINITIONS,
			SnapshotFacetQueries.OWNERS, SnapshotFacetQueries.PRIVILEGES, SnapshotFacetQueries.COMMENTS,
			SnapshotFacetQueries.DEFAULT_PRIVILEGES, SnapshotColumnQueries.ORDER, SnapshotPublicationQueries.TABLES,
			SnapshotPublicationQueries.SCHEMAS);

	/**
	 * The identifier from which on objects are not PostgreSQL's own, so that the many
	 * that are need not be read. As PostgreSQL's planner does not look into the SELECT,
	 * it takes an index whatever it knows of how many objects there are: it thinks of a
	 * third.
	 */
	private static final String USERS = "(SELECT 16384::oid)";

	/** Names are compared as bytes, whatever the collation of the database. */
	private static final String ROWS = """
			SELECT s.kind COLLATE "C" AS kind, s.identity COLLATE "C" AS identity, s.relation COLLATE "C" AS relation,
				s.definition COLLATE "C" AS definition
			FROM (
			""";

	private final String sql;

	/**
	 * Create a new instance.
	 * @param own the objects that are left out
	 */
	public SnapshotQuery(MigratorObjects own) {
		this.sql = Stream.of("WITH " + SnapshotScopeQueries.tables(own), OBJECTS + union(OBJECT_QUERIES) + "\n),\n",
				SnapshotFacetQueries.ACLS + ROWS + union(ROW_QUERIES), "\n) s (kind, identity, relation, definition)")
			.collect(Collectors.joining());
	}

	/**
	 * Return the query.
	 * @return a SELECT with the columns {@code kind}, {@code identity}, {@code relation}
	 * and {@code definition}, which can also be a part of another one
	 */
	public String sql() {
		return this.sql;
	}

	private static String union(List<String> queries) {
		return String.join("\nUNION ALL\n", queries).replace("$users", USERS);
	}

}
