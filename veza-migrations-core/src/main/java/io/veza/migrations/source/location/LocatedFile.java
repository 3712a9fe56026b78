package io.veza.migrations.source;

import org.springframework.core.io.InputStreamSource;

/**
 * A file that a location holds.
 *
 * @param path the file as people know it
 * @param content the file
 */
record LocatedFile(String path, Content content) {

	/**
	 * Return the last part of the path.
	 * @return the file name
	 */
	String name() {
		return this.path.substring(this.path.lastIndexOf('/') + 1);
	}

	/**
	 * The content of a file, which is opened each time that it is read.
	 */
	interface Content extends InputStreamSource {

		/**
		 * Return where the file lies, whatever led there.
		 * @return the path without symbolic links, or the URL
		 */
		String place();

	}

}
