package io.veza.migrations.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.veza.migrations.InvalidMigrationsException.FileProblem;

/**
 * What is wrong with one file.
 */
final class FileProblems {

	private final String file;

	private final List<FileProblem> problems = new ArrayList<>();

	FileProblems(String file) {
		this.file = file;
	}

	String file() {
		return this.file;
	}

	void add(String message) {
		add(0, 0, message);
	}

	void add(int line, int column, String message) {
		this.problems.add(new FileProblem(this.file, line, column, null, message));
	}

	void addAll(List<FileProblem> problems) {
		this.problems.addAll(problems);
	}

	boolean isEmpty() {
		return this.problems.isEmpty();
	}

	/**
	 * Return the problems.
	 * @return the problems in the order of their lines
	 */
	List<FileProblem> sorted() {
		return this.problems.stream().sorted(Comparator.comparingInt(FileProblem::line)).toList();
	}

}
