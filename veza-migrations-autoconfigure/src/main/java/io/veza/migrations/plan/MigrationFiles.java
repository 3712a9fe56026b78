package io.veza.migrations.plan;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * The migration files of this application by version.
 */
final class MigrationFiles {

	private final NavigableMap<MigrationVersion, Migration> byVersion = new TreeMap<>();

	MigrationFiles(List<Migration> migrations) {
		migrations.forEach((migration) -> this.byVersion.put(migration.version(), migration));
	}

	boolean isEmpty() {
		return this.byVersion.isEmpty();
	}

	@Nullable Migration find(MigrationVersion version) {
		return this.byVersion.get(version);
	}

	/**
	 * Return whether a version is newer than every file, so that it belongs to a newer
	 * application. No file at all says nothing about that.
	 * @param version the version
	 * @return whether this application is an older one
	 */
	boolean areOlderThan(MigrationVersion version) {
		return !isEmpty() && version.isNewerThan(this.byVersion.lastKey());
	}

	Collection<Migration> inOrder() {
		return Collections.unmodifiableCollection(this.byVersion.values());
	}

}
