package io.veza.migrations;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Whether a rollback has brought the schema back to where it was before the migrations
 * were applied.
 *
 * @param restored the verdict
 * @param differences what differs: {@code before} is how it was and should be again,
 * {@code after} is how it is
 * @since 0.1.0
 */
public record Verification(Restored restored, List<CatalogDifference> differences) {

	/** Nothing is recorded of what the migrations did. */
	public static final Verification UNKNOWN = new Verification(Restored.UNKNOWN, List.of());

	public Verification {
		differences = List.copyOf(differences);
	}

	/**
	 * Return the verdict on a rollback whose migrations were recorded.
	 * @param differences what differs
	 * @return the verification
	 */
	public static Verification of(List<CatalogDifference> differences) {
		if (differences.isEmpty()) {
			return new Verification(Restored.EXACT, differences);
		}
		boolean order = differences.stream()
			.allMatch((difference) -> CatalogDifference.COLUMN_ORDER.equals(difference.kind()));
		return new Verification(order ? Restored.EXCEPT_COLUMN_ORDER : Restored.NO, differences);
	}

	/**
	 * Return the verdict on this rollback and another one together.
	 * @param other the other one
	 * @return the verification: the worse verdict, and what differs after either
	 */
	public Verification and(Verification other) {
		Restored worse = (this.restored.compareTo(other.restored) >= 0) ? this.restored : other.restored;
		return new Verification(worse, Stream.concat(this.differences.stream(), other.differences.stream()).toList());
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
	 * The verdict, from the best to the worst.
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
