package io.veza.migrations.rehearsal;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.veza.migrations.history.HistoryTables;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;

/**
 * How a rehearsal works.
 *
 * @param tables the names of the history tables; their schema heads the search path
 * @param role the role that migrates, {@code null} for that of the session
 * @param schemaDump a file of {@code pg_dump --schema-only} to begin with, {@code null}
 * for an empty database
 * @param fixtures SQL files with sample rows, loaded before the migrations under test
 * @param disposableServer whether statements may run that concern the whole server
 * @param referenceTables the tables into which migrations may insert rows, as SQL writes
 * them, with or without their schema
 * @param severities the severity of findings by their code where it is not the usual one
 */
public record RehearsalOptions(HistoryTables tables, @Nullable String role, @Nullable Resource schemaDump,
		List<Resource> fixtures, boolean disposableServer, Set<String> referenceTables,
		Map<String, FindingLevel> severities) {

	public RehearsalOptions {
		fixtures = List.copyOf(fixtures);
		referenceTables = Set.copyOf(referenceTables);
		severities = Map.copyOf(severities);
	}

	/**
	 * Return the options of a rehearsal for which nothing is configured.
	 * @return the defaults
	 */
	public static RehearsalOptions defaults() {
		return new RehearsalOptions(HistoryTables.defaults(), null, null, List.of(), false, Set.of(), Map.of());
	}

}
