package io.veza.migrations.source;

import java.util.List;

import io.veza.migrations.InvalidMigrationsException;
import io.veza.migrations.InvalidMigrationsException.FileProblem;

/**
 * The exception for a problem after which a file cannot be read on.
 */
final class Invalid {

	private Invalid() {
	}

	static InvalidMigrationsException at(String file, int line, int column, String message) {
		return new InvalidMigrationsException(List.of(new FileProblem(file, line, column, null, message)));
	}

}
