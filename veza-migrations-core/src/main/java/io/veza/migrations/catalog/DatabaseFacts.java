package io.veza.migrations.catalog;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The facts about a database, about the schema that holds the history, and about the
 * history tables in it, as PostgreSQL reports them.
 *
 * @param database the name of the database
 * @param schema the schema that was asked for or the current one, {@code null} if the
 * session has none
 * @param schemaExists whether that schema exists
 * @param schemaEmpty whether it holds no relation but the tables that were asked for;
 * what belongs to an extension does not count
 * @param pid the process of the session, as the server itself calls it
 * @param user the user of the session
 * @param version the version of the server as people write it
 * @param versionNumber the version of the server as a number, such as 170011
 * @param host the address of the server, {@code null} for a local socket
 * @param standby whether the server is a standby, which takes no writes
 * @param pooled whether something between us and the server shares its sessions: the
 * process that answers is not the one that the driver was told of
 * @param tables the columns of each table that exists, by name, with their types; no
 * columns if a relation of that name is not a table
 */
public record DatabaseFacts(String database, @Nullable String schema, boolean schemaExists, boolean schemaEmpty,
		int pid, String user, String version, int versionNumber, @Nullable String host, boolean standby, boolean pooled,
		Map<String, Map<String, String>> tables) {

	public DatabaseFacts {
		tables = Map.copyOf(tables);
	}

}
