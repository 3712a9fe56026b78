package io.veza.migrations.backup.pgdump;

import java.util.List;

import io.veza.migrations.DataLoss;
import io.veza.migrations.MigrationVersion;

/**
 * A request for a file of {@code pg_dump}: the versions and tables that it is for.
 *
 * @param versions the versions that are rolled back, newest first
 * @param tables the tables that have to be in the file, with their schemas, quoted where
 * needed; empty for the whole database
 * @param losses what the rollback destroys of them
 */
public record PgDumpRequest(List<MigrationVersion> versions, List<String> tables, List<DataLoss> losses) {

	public PgDumpRequest {
		versions = List.copyOf(versions);
		tables = List.copyOf(tables);
		losses = List.copyOf(losses);
	}

	/**
	 * Return the request that fits what a rollback destroys. What is not a table or a
	 * sequence asks for the whole database.
	 * @param versions the versions that are rolled back, newest first
	 * @param losses what is destroyed
	 * @return the request
	 */
	public static PgDumpRequest of(List<MigrationVersion> versions, List<DataLoss> losses) {
		boolean known = losses.stream().noneMatch((loss) -> loss.kind() == DataLoss.Kind.OTHER);
		List<String> tables = known ? losses.stream().map(DataLoss::object).distinct().toList() : List.of();
		return new PgDumpRequest(versions, tables, losses);
	}

}
