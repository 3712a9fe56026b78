package io.veza.migrations.rehearsal.report;

import java.util.List;

import io.veza.migrations.CatalogDifference;
import org.jspecify.annotations.Nullable;

/**
 * A difference of the catalogs in JSON.
 *
 * @param kind the kind of the object
 * @param identity its name
 * @param before how it was, {@code null} if it was not there
 * @param after how it is, {@code null} if it is not there
 * @since 0.1.0
 */
public record CatalogDifferenceDescriptor(String kind, String identity, @Nullable String before,
		@Nullable String after) {

	static List<CatalogDifferenceDescriptor> listOf(List<CatalogDifference> differences) {
		return differences.stream()
			.map((difference) -> new CatalogDifferenceDescriptor(difference.kind(), difference.identity(),
					difference.before(), difference.after()))
			.toList();
	}

}
