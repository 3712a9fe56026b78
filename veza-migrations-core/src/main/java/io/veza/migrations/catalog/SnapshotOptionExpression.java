package io.veza.migrations.catalog;

/**
 * The expression for the snapshot of the options of foreign data. Values of options that
 * look like a secret are hidden, as are the user and password in an address.
 */
final class SnapshotOptionExpression {

	private static final String OPTIONS = """
			(
				SELECT 'OPTIONS (' || pg_catalog.string_agg(o.item, ', ' ORDER BY o.item COLLATE "C") || ')'
				FROM (
					SELECT pg_catalog.quote_ident(p.option_name) || ' ' || CASE
						WHEN p.option_name ~* 'pass|pwd|secret|token|credential|auth|key$|key_?id$' THEN '(hidden)'
						ELSE pg_catalog.quote_literal(
							pg_catalog.regexp_replace(p.option_value, '://[^/@]*@', '://(hidden)@', 'g'))
					END
					FROM pg_catalog.pg_options_to_table($array) p
				) o (item)
			)""";

	private SnapshotOptionExpression() {
	}

	static String of(String array) {
		return OPTIONS.replace("$array", array);
	}

}
