package io.veza.migrations.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.veza.migrations.CatalogDifference;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a database at one moment: the rows of {@link SnapshotQuery}.
 *
 * @param definitions the definition of each object and facet
 */
public record CatalogSnapshot(Map<Facet, Definition> definitions) {

	/** A snapshot of nothing. */
	public static final CatalogSnapshot EMPTY = new CatalogSnapshot(Map.of());

	public CatalogSnapshot {
		definitions = Map.copyOf(definitions);
	}

	/**
	 * Return what differs in a later snapshot.
	 * @param later the later snapshot
	 * @return the differences, {@code before} from this snapshot and {@code after} from
	 * the later one, in the order of kind and identity
	 */
	public List<CatalogDifference> differences(CatalogSnapshot later) {
		List<CatalogDifference> differences = new ArrayList<>();
		this.definitions.forEach((facet, before) -> {
			Definition after = later.definitions.get(facet);
			if (!before.equals(after)) {
				differences.add(facet.difference(before, after));
			}
		});
		later.definitions.forEach((facet, after) -> {
			if (!this.definitions.containsKey(facet)) {
				differences.add(facet.difference(null, after));
			}
		});
		differences.sort(Comparator.comparing(CatalogDifference::kind).thenComparing(CatalogDifference::identity));
		return differences;
	}

	/**
	 * An object, or a facet of it.
	 *
	 * @param kind what it is
	 * @param identity its name
	 */
	public record Facet(String kind, String identity) {

		private CatalogDifference difference(@Nullable Definition before, @Nullable Definition after) {
			Definition any = (before != null) ? before : after;
			return new CatalogDifference(this.kind, this.identity, (any != null) ? any.relation() : null,
					(before != null) ? before.text() : null, (after != null) ? after.text() : null);
		}

	}

	/**
	 * The definition of an object.
	 *
	 * @param relation the relation that it belongs to, {@code null} if it belongs to none
	 * @param text the definition
	 */
	public record Definition(@Nullable String relation, String text) {
	}

	/**
	 * Collects rows.
	 */
	static final class Builder {

		private final Map<Facet, Definition> definitions = new LinkedHashMap<>();

		void add(String kind, String identity, @Nullable String relation, @Nullable String definition) {
			this.definitions.put(new Facet(kind, identity),
					new Definition(relation, (definition != null) ? definition : ""));
		}

		CatalogSnapshot build() {
			return new CatalogSnapshot(this.definitions);
		}

	}

}
