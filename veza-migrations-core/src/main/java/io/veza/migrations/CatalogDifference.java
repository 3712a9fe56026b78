package io.veza.migrations;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A difference between two snapshots of the catalogs: an object, or one property of it,
 * that is in one of them only or has another definition.
 *
 * @param kind the kind of object, such as {@code column} or {@code privileges}
 * @param identity its name, such as {@code public.users.email}
 * @param relation the table or view that it belongs to, {@code null} if it belongs to
 * none
 * @param before its definition in the first snapshot, {@code null} if it was not there
 * @param after its definition in the second snapshot, {@code null} if it is not there
 * @since 0.1.0
 */
public record CatalogDifference(String kind, String identity, @Nullable String relation, @Nullable String before,
		@Nullable String after) {

	/** The only kind in which the order of the columns of a table shows. */
	public static final String COLUMN_ORDER = "column order";

	private static final int MAX_DESCRIBED = 20;

	/**
	 * Return the difference in words.
	 * @return the kind, the name and both definitions
	 */
	public String describe() {
		String name = this.kind + " " + this.identity;
		if (this.before == null) {
			return name + " is there and was not: " + this.after;
		}
		if (this.after == null) {
			return name + " is gone: " + this.before;
		}
		return name + " differs: it was " + this.before + " and is " + this.after;
	}

	/**
	 * Return differences in words.
	 * @param differences the differences
	 * @return a line for each of the first ones, and the number of those left out
	 */
	public static String describe(List<CatalogDifference> differences) {
		String lines = differences.stream()
			.limit(MAX_DESCRIBED)
			.map((difference) -> "\n  " + difference.describe().replace("\n", "\n  "))
			.collect(Collectors.joining());
		int more = differences.size() - MAX_DESCRIBED;
		return (more > 0) ? lines + "\n  and " + more + " more" : lines;
	}

}
