package io.veza.migrations.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that were found, each file once: locations may overlap, and a mounted
 * ConfigMap shows each file three times by symbolic links. Only files of one name can be
 * one file, so that for all others nobody looks where they lie.
 */
final class FoundFiles {

	private final Map<String, List<LocatedFile>> byName = new LinkedHashMap<>();

	/**
	 * Add a file, unless it is there with a shorter path.
	 * @param file the file
	 */
	void add(LocatedFile file) {
		List<LocatedFile> named = this.byName.computeIfAbsent(file.name(), (name) -> new ArrayList<>(1));
		for (int i = 0; i < named.size(); i++) {
			LocatedFile other = named.get(i);
			if (other.content().place().equals(file.content().place())) {
				named.set(i, (file.path().length() < other.path().length()) ? file : other);
				return;
			}
		}
		named.add(file);
	}

	/**
	 * Return all files.
	 * @return the files in no particular order
	 */
	Collection<LocatedFile> all() {
		List<LocatedFile> all = new ArrayList<>();
		this.byName.values().forEach(all::addAll);
		return all;
	}

}
