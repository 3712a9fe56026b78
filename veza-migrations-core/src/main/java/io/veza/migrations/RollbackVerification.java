package io.veza.migrations;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The verdict on a rollback: whether the schema is again as it was before the migrations
 * were applied.
 *
 * @param restored the verdict
 * @param differences the differences: {@code before} is the state that should be
 * restored, {@code after} is the current state
 * @since 0.1.0
 */
public record RollbackVerification(Restored restored, List<CatalogDifference> differences) {

	/** Nothing is recorded of what the migrations did. */
	public static final RollbackVerification UNKNOWN = new RollbackVerification(Restored.UNKNOWN, List.of());

	public RollbackVerification {
		differences = List.copyOf(differences);
	}

	/**
	 * Return the verdict on a rollback whose migrations were recorded.
	 * @param differences the differences
	 * @return the verification
	 */
	public static RollbackVerification of(List<CatalogDifference> differences) {
		if (differences.isEmpty()) {
			return new RollbackVerification(Restored.EXACT, differences);
		}
		boolean order = differences.stream()
			.allMatch((difference) -> CatalogDifference.COLUMN_ORDER.equals(difference.kind()));
		return new RollbackVerification(order ? Restored.EXCEPT_COLUMN_ORDER : Restored.NO, differences);
	}

	/**
	 * Return the verdict on this rollback and another one together.
	 * @param other the other one
	 * @return the verification: the worse verdict, and the differences of both
	 */
	public RollbackVerification and(RollbackVerification other) {
		Restored worse = (this.restored.compareTo(other.restored) >= 0) ? this.restored : other.restored;
		return new RollbackVerification(worse,
				Stream.concat(this.differences.stream(), other.differences.stream()).toList());
	}

	/**
	 * Return the verification in words.
	 * @return the verdict, followed by a line for each object that differs
	 */
	public String describe() {
		StringBuilder text = new StringBuilder(this.restored.id());
		this.differences.forEach((difference) -> text.append('\n').append(difference.describe()));
		return text.toString();
	}

	/**
	 * The degree of restoration, from the best to the worst.
	 */
	public enum Restored {

		/** Nothing differs. */
		EXACT,

		/** Only the order of columns differs. */
		EXCEPT_COLUMN_ORDER,

		/** Nothing is recorded of what the migrations did. */
		UNKNOWN,

		/** Something differs. */
		NO;

		/**
		 * Return the word for it in JSON and messages.
		 * @return the lower-case name with hyphens
		 */
		public String id() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
