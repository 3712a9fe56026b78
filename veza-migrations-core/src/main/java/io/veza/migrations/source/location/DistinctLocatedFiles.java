package io.veza.migrations.source.location;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The set of files that were found. Locations may overlap, and a mounted ConfigMap shows
 * each file three times through symbolic links; here each file is once. Only files of the
 * same name can be the same file, so that the real place is looked up for those alone.
 */
final class DistinctLocatedFiles {

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
