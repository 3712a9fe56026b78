package io.veza.migrations.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * An index of the migration files of this application by version.
 */
final class MigrationFileIndex {

	private final List<Migration> inOrder;

	private final Map<MigrationVersion, Migration> byVersion;

	MigrationFileIndex(List<Migration> migrations) {
		this.inOrder = new ArrayList<>(migrations);
		this.inOrder.sort(Comparator.comparing(Migration::version));
		this.byVersion = new HashMap<>(2 * migrations.size());
		this.inOrder.forEach((migration) -> this.byVersion.put(migration.version(), migration));
	}

	boolean isEmpty() {
		return this.inOrder.isEmpty();
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
		return !isEmpty() && version.isNewerThan(this.inOrder.get(this.inOrder.size() - 1).version());
	}

	List<Migration> inOrder() {
		return Collections.unmodifiableList(this.inOrder);
	}

}
