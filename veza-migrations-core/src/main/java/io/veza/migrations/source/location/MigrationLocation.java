package io.veza.migrations.source.location;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A configured place that holds migration files.
 *
 * @param text the configured text
 * @param prefix the prefix, which says the kind of place, such as {@code file:}
 * @param path the rest, without a slash at its end
 */
record MigrationLocation(String text, String prefix, String path) {

	static final String CLASSPATH = "classpath:";

	static final String FILE = "file:";

	private static final Set<String> CLASSPATHS = Set.of(CLASSPATH, "classpath*:");

	private static final Pattern FORMAT = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*\\*?:)?(.*?)/*");

	/**
	 * Return the place that a text stands for. Without a prefix it is one on the class
	 * path.
	 * @param text the configured text
	 * @return the location
	 */
	static MigrationLocation of(String text) {
		Matcher matcher = FORMAT.matcher(text.strip());
		if (!matcher.matches()) {
			throw new IllegalArgumentException("\"" + text + "\" is not a location. Write it on one line.");
		}
		String prefix = (matcher.group(1) != null) ? matcher.group(1).toLowerCase(Locale.ROOT) : CLASSPATH;
		return new MigrationLocation(text, prefix, matcher.group(2));
	}

	boolean isOnClasspath() {
		return CLASSPATHS.contains(this.prefix);
	}

	/**
	 * Return whether this is one folder of the file system.
	 * @return whether it can be walked
	 */
	boolean isFolder() {
		return FILE.equals(this.prefix) && !hasWildcard();
	}

	boolean hasWildcard() {
		return this.path.contains("*") || this.path.contains("?");
	}

	/**
	 * Return the path from the class path's roots.
	 * @return the path without a slash at its beginning
	 */
	String classpathRoot() {
		return this.path.replaceFirst("^/+", "");
	}

	/**
	 * Return the location as a folder below all roots of the class path.
	 * @return the location for Spring
	 */
	String classpathFolder() {
		return "classpath*:" + classpathRoot() + "/";
	}

	/**
	 * Return the pattern for all SQL files in the location and its sub-folders; the
	 * suffix in any case.
	 * @return the pattern for Spring
	 */
	String pattern() {
		return (isOnClasspath() ? classpathFolder() : this.prefix + this.path + "/") + "**/*.???";
	}

}
