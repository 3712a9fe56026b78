package io.veza.migrations.catalog;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What migrating itself keeps in the database, which is no part of anybody's schema.
 *
 * @param schema the schema of the relations and functions
 * @param relations the names of tables; what belongs to them goes with them
 * @param functions the names of functions, whatever their arguments
 * @param backupSchema the schema that holds nothing but backups
 */
public record OwnObjects(String schema, Set<String> relations, Set<String> functions, String backupSchema) {

	public OwnObjects {
		relations = Set.copyOf(relations);
		functions = Set.copyOf(functions);
	}

	String quotedSchema() {
		return quoted(this.schema);
	}

	String quotedRelations() {
		return array(this.relations);
	}

	String quotedFunctions() {
		return array(this.functions);
	}

	String quotedBackupSchema() {
		return quoted(this.backupSchema);
	}

	private static String array(Collection<String> names) {
		return names.stream()
			.sorted()
			.map(OwnObjects::quoted)
			.collect(Collectors.joining(", ", "ARRAY[", "]::pg_catalog.name[]"));
	}

	/** An escape string means the same whatever standard_conforming_strings says. */
	static String quoted(String name) {
		return "E'" + name.replace("\\", "\\\\").replace("'", "''") + "'";
	}

}
