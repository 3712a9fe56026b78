package io.veza.migrations.rehearsal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.source.PlainSqlFile;
import io.veza.migrations.sql.SqlScript;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/**
 * The scripts and migrations that a rehearsal runs, in their order.
 *
 * @param dump the schema to begin with, by the name of its file; empty for none
 * @param prepared the migrations that are only applied, to have what the others build on
 * @param fixtures SQL with sample rows, by the name of its file, that is run before the
 * first migration under test
 * @param fixturesAfter such SQL that is run when a migration was rehearsed
 * @param subjects the migrations under test
 * @param withoutFile the versions that are applied and cannot be, because this
 * application does not have their files
 */
record RehearsalInput(Map<String, SqlScript> dump, List<Migration> prepared, Map<String, SqlScript> fixtures,
		Map<MigrationVersion, Map<String, SqlScript>> fixturesAfter, List<Migration> subjects,
		List<MigrationVersion> withoutFile) {

	/**
	 * Return what is to be run.
	 * @param migrations all migrations
	 * @param applied the versions that are applied
	 * @param pendingOnly whether those are not rehearsed
	 * @param options how the rehearsal works
	 * @return what is to be run
	 */
	static RehearsalInput of(List<Migration> migrations, List<MigrationVersion> applied, boolean pendingOnly,
			RehearsalOptions options) {
		Map<MigrationVersion, Migration> files = new LinkedHashMap<>();
		migrations.forEach((migration) -> files.put(migration.version(), migration));
		List<MigrationVersion> withoutFile = applied.stream()
			.filter((version) -> !files.containsKey(version) && !options.isInDump(version, applied))
			.toList();
		files.keySet().removeIf((version) -> options.isInDump(version, applied));
		List<Migration> prepared = new ArrayList<>();
		if (pendingOnly) {
			applied.stream().map(files::remove).filter(Objects::nonNull).forEach(prepared::add);
		}
		Map<MigrationVersion, Map<String, SqlScript>> fixturesAfter = new HashMap<>();
		Map<String, SqlScript> fixtures = new LinkedHashMap<>();
		for (Resource fixture : options.fixtures()) {
			MigrationVersion version = version(fixture);
			Map<String, SqlScript> scripts = (version != null && files.containsKey(version))
					? fixturesAfter.computeIfAbsent(version, (key) -> new LinkedHashMap<>()) : fixtures;
			scripts.put(fixture.getDescription(), new PlainSqlFile(fixture, fixture.getDescription()).script());
		}
		return new RehearsalInput(dump(options.schemaDump()), prepared, fixtures, fixturesAfter,
				List.copyOf(files.values()), withoutFile);
	}

	private static Map<String, SqlScript> dump(@Nullable Resource dump) {
		return (dump != null) ? Map.of(dump.getDescription(), new PlainSqlFile(dump, dump.getDescription()).script())
				: Map.of();
	}

	/** Sample rows for a table that only a migration under test makes. */
	private static @Nullable MigrationVersion version(Resource fixture) {
		String name = String.valueOf(fixture.getFilename());
		String prefix = name.substring(0, Math.max(0, name.indexOf('_')));
		return MigrationVersion.isVersion(prefix) ? MigrationVersion.of(prefix) : null;
	}

}
