package io.veza.migrations.autoconfigure.packaged;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.KnownRehearsal;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.RehearsalFinding.Severity;
import io.veza.migrations.Reversibility;
import io.veza.migrations.sql.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * A report in JSON, as far as it tells something of migrations.
 *
 * @param fields its fields
 */
record PackagedRehearsalReport(Map<String, Object> fields) {

	/** The only format that is read. */
	private static final int FORMAT_VERSION = 1;

	/**
	 * Return what it tells of migrations.
	 * @return what is known
	 * @throws IllegalArgumentException if it has another format
	 */
	List<KnownRehearsal> migrations() {
		int format = number(this.fields, "formatVersion");
		if (format != FORMAT_VERSION) {
			throw new IllegalArgumentException("its format is " + format + ", and known is " + FORMAT_VERSION);
		}
		return objects(this.fields, "migrations").map(PackagedRehearsalReport::migration).toList();
	}

	private static KnownRehearsal migration(Map<?, ?> migration) {
		return new KnownRehearsal(MigrationVersion.of(text(migration, "version")),
				new Checksum(text(migration, "checksum")), new Checksum(text(migration, "upChecksum")),
				new Checksum(text(migration, "downChecksum")), reversibility(text(migration, "reversibility")),
				differences(migration), objects(migration, "findings").map(PackagedRehearsalReport::finding).toList());
	}

	private static Reversibility reversibility(String id) {
		return Arrays.stream(Reversibility.values())
			.filter((verdict) -> verdict.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("there is no verdict \"" + id + "\""));
	}

	private static List<String> differences(Map<?, ?> migration) {
		if (migration.get("down") instanceof Map<?, ?> down && down.get("failure") instanceof Map<?, ?> failure) {
			return List.of(text(failure, "file") + ":" + number(failure, "line") + ": " + text(failure, "message"));
		}
		return objects(migration, "notRestored")
			.map((difference) -> new CatalogDifference(text(difference, "kind"), text(difference, "identity"), null,
					textOrNull(difference, "before"), textOrNull(difference, "after"))
				.describe())
			.toList();
	}

	private static RehearsalFinding finding(Map<?, ?> finding) {
		return new RehearsalFinding(text(finding, "code"),
				Severity.valueOf(text(finding, "severity").toUpperCase(Locale.ROOT)), text(finding, "file"),
				number(finding, "line"), number(finding, "column"), textOrNull(finding, "relation"),
				text(finding, "message"), text(finding, "consequence"), text(finding, "rewrite"),
				textOrNull(finding, "accepted"));
	}

	private static Stream<Map<?, ?>> objects(Map<?, ?> parent, String name) {
		if (!(parent.get(name) instanceof List<?> elements)) {
			throw missing(name);
		}
		return elements.stream().map((element) -> {
			if (element instanceof Map<?, ?> object) {
				return object;
			}
			throw missing(name);
		});
	}

	private static String text(Map<?, ?> parent, String name) {
		String text = textOrNull(parent, name);
		if (text == null) {
			throw missing(name);
		}
		return text;
	}

	private static @Nullable String textOrNull(Map<?, ?> parent, String name) {
		return (parent.get(name) instanceof String text) ? text : null;
	}

	private static int number(Map<?, ?> parent, String name) {
		if (parent.get(name) instanceof Number number) {
			return number.intValue();
		}
		throw missing(name);
	}

	private static IllegalArgumentException missing(String name) {
		return new IllegalArgumentException("it has no valid \"" + name + "\"");
	}

}
