package io.veza.migrations.source.text;

import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.failure.InvalidMigrationsException.FileProblem;
import org.springframework.core.io.InputStreamSource;

/**
 * The source lines of the problems of a file, which is read once more to find them.
 */
public final class ProblemSourceLines {

	/** Characters of a line that are shown at most. */
	private static final int LENGTH = 10_000;

	private ProblemSourceLines() {
	}

	/**
	 * Add the source lines to problems.
	 * @param problems the problems of a file
	 * @param input the file
	 * @return the problems in the order of their lines
	 */
	public static List<FileProblem> addTo(FileProblemCollector problems, InputStreamSource input) {
		List<FileProblem> sorted = problems.sorted();
		Set<Integer> wanted = sorted.stream().map(FileProblem::line).collect(Collectors.toSet());
		Map<Integer, StringBuilder> lines = new HashMap<>();
		try (SourceTextCursor source = SourceTextCursor.open(problems.file(), input)) {
			read(source, wanted, lines);
		}
		catch (InvalidMigrationsException | UncheckedIOException ex) {
			// what follows cannot be shown, which is among the problems already
		}
		return sorted.stream().map((problem) -> withLine(problem, lines)).toList();
	}

	private static void read(SourceTextCursor source, Set<Integer> wanted, Map<Integer, StringBuilder> lines) {
		while (source.peek() != SourceTextCursor.END) {
			int line = source.line();
			char c = (char) source.read();
			if (c != '\n' && wanted.contains(line)) {
				StringBuilder text = lines.computeIfAbsent(line, (key) -> new StringBuilder());
				if (text.length() < LENGTH) {
					text.append(c);
				}
			}
		}
	}

	private static FileProblem withLine(FileProblem problem, Map<Integer, StringBuilder> lines) {
		StringBuilder line = lines.get(problem.line());
		return (line != null)
				? new FileProblem(problem.file(), problem.line(), problem.column(), line.toString(), problem.message())
				: problem;
	}

}
