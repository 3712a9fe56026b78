package io.veza.migrations.sql;

import java.util.Set;

/**
 * The keywords of PostgreSQL that are not allowed as a name everywhere, such as reserved
 * words and the names of types.
 */
final class SqlKeywords {

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

	private SqlKeywords() {
	}

	/**
	 * Return whether a name is such a keyword.
	 * @param name the name, in lower case
	 * @return whether it is
	 */
	static boolean contains(String name) {
		return KEYWORDS.contains(name);
	}

}
