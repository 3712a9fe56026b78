package io.veza.migrations.rehearsal;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.history.HistoryTableNames;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingLevel;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/**
 * The options of a rehearsal.
 *
 * @param tables the names of the history tables; their schema heads the search path
 * @param role the role that migrates, {@code null} for that of the session
 * @param schemaDump a file of {@code pg_dump --schema-only} to begin with, {@code null}
 * for an empty database
 * @param schemaDumpVersion the newest migration that the dump holds, {@code null} for all
 * that are applied
 * @param fixtures SQL files with sample rows, loaded before the migrations under test
 * @param disposableServer whether statements may run that concern the whole server
 * @param referenceTables the tables into which migrations may insert rows, as SQL writes
 * them, with or without their schema
 * @param severities the severity of findings by their code where it is not the usual one
 */
public record RehearsalOptions(HistoryTableNames tables, @Nullable String role, @Nullable Resource schemaDump,
		@Nullable MigrationVersion schemaDumpVersion, List<Resource> fixtures, boolean disposableServer,
		Set<String> referenceTables, Map<String, FindingLevel> severities) {

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
		return new RehearsalOptions(HistoryTableNames.defaults(), null, null, null, List.of(), false, Set.of(),
				Map.of());
	}

	/**
	 * Return whether a migration is part of the dump to begin with.
	 * @param version the migration
	 * @param applied the versions that are applied
	 * @return whether it is
	 */
	boolean isInDump(MigrationVersion version, Collection<MigrationVersion> applied) {
		if (this.schemaDump == null) {
			return false;
		}
		return (this.schemaDumpVersion != null) ? version.compareTo(this.schemaDumpVersion) <= 0
				: applied.contains(version);
	}

	/**
	 * Return these options with sample rows. A file whose name begins with the version of
	 * a migration under test is run when that was rehearsed, any other one before the
	 * first of them.
	 * @param fixtures SQL files
	 * @return the options
	 */
	public RehearsalOptions withFixtures(Resource... fixtures) {
		return new RehearsalOptions(this.tables, this.role, this.schemaDump, this.schemaDumpVersion, List.of(fixtures),
				this.disposableServer, this.referenceTables, this.severities);
	}

	/**
	 * Return these options with a schema to begin with.
	 * @param schemaDump a file of {@code pg_dump --schema-only}
	 * @param version the newest migration that it holds, {@code null} for all that are
	 * applied
	 * @return the options
	 */
	public RehearsalOptions withSchemaDump(Resource schemaDump, @Nullable MigrationVersion version) {
		return new RehearsalOptions(this.tables, this.role, schemaDump, version, this.fixtures, this.disposableServer,
				this.referenceTables, this.severities);
	}

	/**
	 * Return these options for a server that may be spoiled: statements may run that
	 * concern the whole server.
	 * @return the options
	 */
	public RehearsalOptions onDisposableServer() {
		return new RehearsalOptions(this.tables, this.role, this.schemaDump, this.schemaDumpVersion, this.fixtures,
				true, this.referenceTables, this.severities);
	}

	/**
	 * Return these options with tables into which migrations may insert rows.
	 * @param tables the tables, as SQL writes them, with or without their schema
	 * @return the options
	 */
	public RehearsalOptions withReferenceTables(String... tables) {
		return new RehearsalOptions(this.tables, this.role, this.schemaDump, this.schemaDumpVersion, this.fixtures,
				this.disposableServer, Set.of(tables), this.severities);
	}

	/**
	 * Return these options with another severity of a finding.
	 * @param code the code of the finding
	 * @param level how much it is to matter
	 * @return the options
	 */
	public RehearsalOptions with(FindingCode code, FindingLevel level) {
		Map<String, FindingLevel> severities = new HashMap<>(this.severities);
		severities.put(code.id(), level);
		return new RehearsalOptions(this.tables, this.role, this.schemaDump, this.schemaDumpVersion, this.fixtures,
				this.disposableServer, this.referenceTables, severities);
	}

}
