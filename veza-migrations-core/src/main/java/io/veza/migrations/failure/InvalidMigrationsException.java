package io.veza.migrations.failure;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.veza.migrations.sql.SourceExcerpt;
import org.jspecify.annotations.Nullable;

/**
 * Migration files that break the rules for their names or content.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class InvalidMigrationsException extends MigrationException {

	private final List<FileProblem> problems;

	/**
	 * Create a new instance.
	 * @param problems everything that is wrong, at least one
	 */
	public InvalidMigrationsException(List<FileProblem> problems) {
		super(problems.stream().map(FileProblem::toString).collect(Collectors.joining("\n")), null);
		this.problems = List.copyOf(problems);
	}

	/**
	 * Return everything that is wrong.
	 * @return the problems in the order of the files
	 */
	public List<FileProblem> problems() {
		return this.problems;
	}

	@Override
	public String description() {
		return this.problems.stream()
			.map(FileProblem::toString)
			.collect(Collectors.joining("\n\n", "Migration files are not valid:\n\n", ""));
	}

	@Override
	public Optional<String> action() {
		return Optional.of("Correct the files and start again. The database was not touched.");
	}

	@Override
	public FailureType type() {
		return FailureType.INVALID_FILES;
	}

	@Override
	public int exitCode() {
		return 2;
	}

	/**
	 * Something wrong with a file.
	 *
	 * @param file the file as people know it
	 * @param line the line, from 1; 0 if it concerns the whole file
	 * @param column the column, from 1; 0 if it concerns the whole line
	 * @param sourceLine the text of the line, {@code null} if it does not help
	 * @param message what is wrong and what to do
	 */
	public record FileProblem(String file, int line, int column, @Nullable String sourceLine, String message) {

		/**
		 * Return a problem of the whole file.
		 * @param file the file
		 * @param message what is wrong and what to do
		 * @return the problem
		 */
		public static FileProblem of(String file, String message) {
			return new FileProblem(file, 0, 0, null, message);
		}

		@Override
		public String toString() {
			return SourceExcerpt.locate(this.file, this.line, this.column) + ": " + this.message
					+ SourceExcerpt.show(this.sourceLine, this.column);
		}

	}

}
