package io.veza.migrations.source;

import java.util.Arrays;
import java.util.stream.Collectors;

import io.veza.migrations.SqlStatement.Kind;

/**
 * A statement without its text.
 *
 * @param kind what matters about it for running it
 * @param head its first tokens
 * @param line the line on which it starts
 * @param column the column in which it starts
 */
record StatementOutline(Kind kind, String head, int line, int column) {

	/**
	 * Return what to call the statement in a message.
	 * @return its first words in quotes
	 */
	String name() {
		return Arrays.stream(this.head.split(" "))
			.takeWhile((word) -> !"AND".equals(word))
			.limit(2)
			.collect(Collectors.joining(" ", "\"", "\""));
	}

}
