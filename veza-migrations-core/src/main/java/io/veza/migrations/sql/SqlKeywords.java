package io.veza.migrations.rehearsal.findings;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes names as SQL does. Keywords are quoted that are none of those which PostgreSQL
 * allows everywhere.
 */
final class Identifier {

	private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

	private static final Set<String> KEYWORDS = Set.of("all", "analyse", "analyze", "and", "any", "array", "as", "asc",
			"asymmetric", "authorization", "between", "bigint", "binary", "bit", "boolean", "both", "case", "cast",
			"char", "character", "check", "coalesce", "collate", "collation", "column", "concurrently", "constraint",
			"create", "cross", "current_catalog", "current_date", "current_role", "current_schema", "current_time",
			"current_timestamp", "current_user", "dec", "decimal", "default", "deferrable", "desc", "distinct", "do",
			"else", "end", "except", "exists", "extract", "false", "fetch", "float", "for", "foreign", "freeze", "from",
			"full", "grant", "greatest", "group", "grouping", "having", "ilike", "in", "initially", "inner", "inout",
			"int", "integer", "intersect", "interval", "into", "is", "isnull", "join", "lateral", "leading", "least",
			"left", "like", "limit", "localtime", "localtimestamp", "national", "natural", "nchar", "none", "normalize",
			"not", "notnull", "null", "nullif", "numeric", "offset", "on", "only", "or", "order", "out", "outer",
			"overlaps", "overlay", "placing", "position", "precision", "primary", "real", "references", "returning",
			"right", "row", "select", "session_user", "setof", "similar", "smallint", "some", "substring", "symmetric",
			"system_user", "table", "tablesample", "then", "time", "timestamp", "to", "trailing", "treat", "trim",
			"true", "union", "unique", "user", "using", "values", "varchar", "variadic", "verbose", "when", "where",
			"window", "with", "xmlattributes", "xmlconcat", "xmlelement", "xmlexists", "xmlforest", "xmlnamespaces",
			"xmlparse", "xmlpi", "xmlroot", "xmlserialize", "xmltable");

	private Identifier() {
	}

	/**
	 * Return a name as SQL writes it.
	 * @param name the name as the catalogs hold it
	 * @return the name, in quotes if it needs them
	 */
	static String of(String name) {
		boolean plain = PLAIN.matcher(name).matches() && !KEYWORDS.contains(name);
		return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
	}

	/**
	 * Return a name with its schema as SQL writes it.
	 * @param schema the schema as the catalogs hold it
	 * @param name the name as the catalogs hold it
	 * @return both, in quotes where they need them
	 */
	static String of(String schema, String name) {
		return of(schema) + "." + of(name);
	}

}
