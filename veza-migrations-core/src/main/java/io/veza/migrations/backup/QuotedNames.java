package io.veza.migrations.backup;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A list of names as messages have it.
 */
public final class QuotedNames {

	private QuotedNames() {
	}

	/**
	 * Return names for a message.
	 * @param names the names
	 * @return each in quotes, with commas between them
	 */
	public static String of(Collection<String> names) {
		return names.stream().map((name) -> '"' + name + '"').collect(Collectors.joining(", "));
	}

}
