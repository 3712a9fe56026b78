package io.veza.migrations;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The version of a migration: digits, optionally dotted, ordered numerically part by
 * part. {@code 001}, {@code 1} and {@code 1.0} are the same version; {@code 9} comes
 * before {@code 10}.
 *
 * @since 0.1.0
 */
public final class MigrationVersion implements Comparable<MigrationVersion> {

	/** Characters that the {@code version} column of the history table holds. */
	private static final int MAX_LENGTH = 255;

	private final String text;

	private final List<String> parts;

	private MigrationVersion(String text) {
		this.text = text;
		this.parts = significantParts(text);
	}

	/**
	 * Return the version that a text stands for.
	 * @param text the version as written in a file name, the history or a request
	 * @return the version
	 * @throws IllegalArgumentException if the text is not a version
	 */
	public static MigrationVersion of(String text) {
		if (!isVersion(text)) {
			throw new IllegalArgumentException("\"" + text
					+ "\" is not a version. A version is digits, optionally dotted, such as 001, 20240115093000 or 1.2.3.");
		}
		return new MigrationVersion(text);
	}

	/**
	 * Return whether a text is a version.
	 * @param text the text
	 * @return whether {@link #of(String)} accepts it
	 */
	public static boolean isVersion(String text) {
		return text.length() <= MAX_LENGTH && hasFormat(text);
	}

	private static boolean hasFormat(String text) {
		boolean afterDigit = false;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			boolean digit = (c >= '0' && c <= '9');
			if (!digit && !(c == '.' && afterDigit)) {
				return false;
			}
			afterDigit = digit;
		}
		return afterDigit;
	}

	/**
	 * Return the version as it was written, with its leading zeros.
	 * @return the text
	 */
	public String text() {
		return this.text;
	}

	/**
	 * Return whether this version comes after another one.
	 * @param other the other version
	 * @return whether this one is newer
	 */
	public boolean isNewerThan(MigrationVersion other) {
		return compareTo(other) > 0;
	}

	@Override
	public int compareTo(MigrationVersion other) {
		int common = Math.min(this.parts.size(), other.parts.size());
		for (int i = 0; i < common; i++) {
			int result = compareNumbers(this.parts.get(i), other.parts.get(i));
			if (result != 0) {
				return result;
			}
		}
		return Integer.compare(this.parts.size(), other.parts.size());
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof MigrationVersion version && this.parts.equals(version.parts);
	}

	@Override
	public int hashCode() {
		return this.parts.hashCode();
	}

	@Override
	public String toString() {
		return this.text;
	}

	private static List<String> significantParts(String text) {
		if (text.indexOf('.') == -1) {
			return List.of(withoutLeadingZeros(text));
		}
		List<String> parts = new ArrayList<>();
		for (String part : text.split("\\.", -1)) {
			parts.add(withoutLeadingZeros(part));
		}
		while (parts.size() > 1 && parts.get(parts.size() - 1).isEmpty()) {
			parts.remove(parts.size() - 1);
		}
		return List.copyOf(parts);
	}

	private static String withoutLeadingZeros(String digits) {
		int start = 0;
		while (start < digits.length() && digits.charAt(start) == '0') {
			start++;
		}
		return digits.substring(start);
	}

	private static int compareNumbers(String left, String right) {
		int byLength = Integer.compare(left.length(), right.length());
		return (byLength != 0) ? byLength : left.compareTo(right);
	}

}
