package io.veza.migrations.source.text;

import java.util.List;

import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.failure.InvalidMigrationsException.FileProblem;

/**
 * A factory for the exception that ends the reading of a file at its first fatal problem.
 */
final class FatalFileProblem {

	private FatalFileProblem() {
	}

	static InvalidMigrationsException at(String file, int line, int column, String message) {
		return new InvalidMigrationsException(List.of(new FileProblem(file, line, column, null, message)));
	}

}
