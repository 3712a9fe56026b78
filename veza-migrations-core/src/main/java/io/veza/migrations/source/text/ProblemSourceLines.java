package io.veza.migrations.source;

import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.core.io.InputStreamSource;

import io.veza.migrations.InvalidMigrationsException;
import io.veza.migrations.InvalidMigrationsException.FileProblem;

/**
 * Adds the source lines to the problems of a file, which is read once more for it.
 */
final class SourceLines {

	/** Characters of a line that are shown at most. */
	private static final int LENGTH = 10_000;

	private SourceLines() {
	}

	static List<FileProblem> addTo(FileProblems problems, InputStreamSource input) {
		List<FileProblem> sorted = problems.sorted();
		Set<Integer> wanted = sorted.stream().map(FileProblem::line).collect(Collectors.toSet());
		Map<Integer, StringBuilder> lines = new HashMap<>();
		try (SourceText source = SourceText.open(problems.file(), input)) {
			read(source, wanted, lines);
		}
		catch (InvalidMigrationsException | UncheckedIOException ex) {
			// what follows cannot be shown, which is among the problems already
		}
		return sorted.stream().map((problem) -> withLine(problem, lines)).toList();
	}

	private static void read(SourceText source, Set<Integer> wanted, Map<Integer, StringBuilder> lines) {
		while (source.peek() != SourceText.END) {
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
