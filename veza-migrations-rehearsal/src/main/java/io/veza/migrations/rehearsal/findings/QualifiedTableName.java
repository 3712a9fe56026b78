package io.veza.migrations.rehearsal.findings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The name of a table as the catalogs hold it.
 *
 * @param parts its schema, if that is known, and its own name
 */
public record QualifiedTableName(List<String> parts) {

	public QualifiedTableName {
		parts = List.copyOf(parts);
	}

	/**
	 * Read a name.
	 * @param sql the name as SQL writes it: what has no quotes is folded to lower case
	 * @return the name
	 */
	public static QualifiedTableName parse(String sql) {
		List<String> parts = new ArrayList<>();
		StringBuilder part = new StringBuilder();
		boolean quoted = false;
		for (int i = 0; i < sql.length(); i++) {
			char c = sql.charAt(i);
			if (c == '"') {
				if (!quoted && i > 0 && sql.charAt(i - 1) == '"') {
					part.append(c);
				}
				quoted = !quoted;
			}
			else if (c == '.' && !quoted) {
				parts.add(part.toString());
				part.setLength(0);
			}
			else {
				part.append(quoted ? String.valueOf(c) : String.valueOf(c).toLowerCase(Locale.ROOT));
			}
		}
		parts.add(part.toString());
		return new QualifiedTableName(parts);
	}

	/**
	 * Return whether one of several names, with or without a schema, is that of a table.
	 * @param names the names as SQL writes them
	 * @param table the table as SQL writes it, with its schema
	 * @return whether one is
	 */
	public static boolean isAmong(Collection<String> names, String table) {
		List<String> parts = parse(table).parts();
		return names.stream()
			.map((name) -> parse(name.strip()).parts())
			.anyMatch((name) -> name.size() <= parts.size()
					&& name.equals(parts.subList(parts.size() - name.size(), parts.size())));
	}

}
