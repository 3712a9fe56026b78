package io.veza.migrations.actuate;

import java.util.List;

/**
 * Arguments that an operation does not take.
 */
@SuppressWarnings("serial")
final class InvalidArgumentsException extends IllegalArgumentException {

	private final List<String> problems;

	InvalidArgumentsException(List<String> problems) {
		super(String.join("\n", problems));
		this.problems = List.copyOf(problems);
	}

	List<String> problems() {
		return this.problems;
	}

}
