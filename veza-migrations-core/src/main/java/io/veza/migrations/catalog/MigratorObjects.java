package io.veza.migrations.catalog;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

import io.veza.migrations.sql.SqlQuoting;

/**
 * The objects that belong to the migrator itself, which are no part of the schema that it
 * migrates.
 *
 * @param schema the schema of the relations and functions
 * @param relations the names of tables; what belongs to them goes with them
 * @param functions the names of functions, whatever their arguments
 * @param backupSchema the schema that holds nothing but backups
 */
public record MigratorObjects(String schema, Set<String> relations, Set<String> functions, String backupSchema) {

	public MigratorObjects {
		relations = Set.copyOf(relations);
		functions = Set.copyOf(functions);
	}

	String quotedSchema() {
		return SqlQuoting.literal(this.schema);
	}

	String quotedRelations() {
		return array(this.relations);
	}

	String quotedFunctions() {
		return array(this.functions);
	}

	String quotedBackupSchema() {
		return SqlQuoting.literal(this.backupSchema);
	}

	private static String array(Collection<String> names) {
		return names.stream()
			.sorted()
			.map(SqlQuoting::literal)
			.collect(Collectors.joining(", ", "ARRAY[", "]::pg_catalog.name[]"));
	}

}
