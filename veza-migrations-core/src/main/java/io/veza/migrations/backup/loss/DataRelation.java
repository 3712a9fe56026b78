package io.veza.migrations.backup.loss;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A relation that holds data, as the catalogs and the counters of the session describe
 * it.
 *
 * @param oid its object identifier
 * @param kind its kind as {@code pg_class} has it
 * @param name its name with its schema, quoted where needed
 * @param excluded whether its data is nobody's loss
 * @param filenode its file, which changes when it is truncated or rewritten
 * @param estimate how many rows it may have, negative if unknown
 * @param changed how many rows the session has deleted or updated
 * @param columns its columns that hold data, see {@link #parsedColumns()}
 * @param exclusive whether the session has it locked against everybody
 * @param writing whether the session has it locked for writing
 * @param used for a composite type, whether data may be of that type
 */
record DataRelation(long oid, char kind, String name, boolean excluded, long filenode, long estimate, long changed,
		String columns, boolean exclusive, boolean writing, boolean used) {

	/**
	 * Return the columns by their number.
	 * @return number, name and type of each
	 */
	Map<Integer, DataColumn> parsedColumns() {
		Map<Integer, DataColumn> result = new LinkedHashMap<>();
		for (String column : this.columns.split(",", -1)) {
			if (!column.isEmpty()) {
				String[] parts = column.split(" ", -1);
				String name = new String(HexFormat.of().parseHex(parts[3]), StandardCharsets.UTF_8);
				result.put(Integer.valueOf(parts[0]), new DataColumn(name, parts[1] + " " + parts[2]));
			}
		}
		return result;
	}

	/**
	 * A column.
	 *
	 * @param name its name
	 * @param type its type with its modifier
	 */
	record DataColumn(String name, String type) {
	}

}
