package io.veza.migrations.source;

import org.springframework.core.io.Resource;

/**
 * A file that a location holds.
 *
 * @param path the file as people know it
 * @param resource the file
 */
record LocatedFile(String path, Resource resource) {

	/**
	 * Return the last part of the path.
	 * @return the file name
	 */
	String name() {
		return this.path.substring(this.path.lastIndexOf('/') + 1);
	}

}
