package io.veza.migrations.source.statement;

import java.util.Arrays;
import java.util.stream.Collectors;

import io.veza.migrations.sql.SqlStatement.Kind;

/**
 * A statement without its text.
 *
 * @param kind the kind of the statement
 * @param head its first tokens
 * @param line the line on which it starts
 * @param column the column in which it starts
 */
public record StatementOutline(Kind kind, String head, int line, int column) {

	/**
	 * Return the name of the statement in messages.
	 * @return its first words in quotes
	 */
	public String name() {
		return Arrays.stream(this.head.split(" "))
			.takeWhile((word) -> !"AND".equals(word))
			.limit(2)
			.collect(Collectors.joining(" ", "\"", "\""));
	}

}
