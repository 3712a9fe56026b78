package io.veza.migrations.actuate.descriptor;

import java.util.List;

import io.veza.migrations.CatalogDifference;
import org.jspecify.annotations.Nullable;

/**
 * An object that differs from how it was.
 *
 * @param kind what it is
 * @param identity its name
 * @param before how it was, {@code null} if it was not there
 * @param after how it is, {@code null} if it is not there
 * @since 0.1.0
 */
public record DifferenceDescriptor(String kind, String identity, @Nullable String before, @Nullable String after) {

	/**
	 * Describe differences.
	 * @param differences the differences
	 * @return the descriptors, in the same order
	 */
	public static List<DifferenceDescriptor> listOf(List<CatalogDifference> differences) {
		return differences.stream()
			.map((difference) -> new DifferenceDescriptor(difference.kind(), difference.identity(), difference.before(),
					difference.after()))
			.toList();
	}

}
