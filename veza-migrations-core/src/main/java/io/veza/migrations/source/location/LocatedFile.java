package io.veza.migrations.source.location;

import org.springframework.core.io.InputStreamSource;

/**
 * A file that was found in a location.
 *
 * @param path the file as people know it
 * @param content the file
 */
public record LocatedFile(String path, FileContent content) {

	/** The end of the names of SQL files, in any case. */
	public static final String SUFFIX = ".sql";

	/**
	 * Return whether a path is that of an SQL file.
	 * @param path the path
	 * @return whether it ends as the names of SQL files do
	 */
	static boolean isSql(String path) {
		return path.regionMatches(true, path.length() - SUFFIX.length(), SUFFIX, 0, SUFFIX.length());
	}

	/**
	 * Return the last part of the path.
	 * @return the file name
	 */
	public String name() {
		return this.path.substring(this.path.lastIndexOf('/') + 1);
	}

	/**
	 * The content of a file, which is opened each time that it is read.
	 */
	public interface FileContent extends InputStreamSource {

		/**
		 * Return the real place of the file.
		 * @return the path without symbolic links, or the URL
		 */
		String place();

	}

}
