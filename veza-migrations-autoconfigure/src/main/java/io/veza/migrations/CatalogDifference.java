package io.veza.migrations;

import org.jspecify.annotations.Nullable;

/**
 * An object of the catalogs, or one facet of it, that is in one picture of them and not,
 * or otherwise, in another.
 *
 * @param kind what it is, such as {@code column} or {@code privileges}
 * @param identity its name, such as {@code public.users.email}
 * @param relation the table or view that it belongs to, {@code null} if it belongs to
 * none
 * @param before its definition in the first picture, {@code null} if it was not there
 * @param after its definition in the second picture, {@code null} if it is not there
 * @since 0.1.0
 */
public record CatalogDifference(String kind, String identity, @Nullable String relation, @Nullable String before,
		@Nullable String after) {

	/** The only kind in which the order of the columns of a table shows. */
	public static final String COLUMN_ORDER = "column order";

}
