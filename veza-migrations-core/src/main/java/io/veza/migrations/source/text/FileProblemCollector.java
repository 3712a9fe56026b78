package io.veza.migrations.source.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.veza.migrations.failure.InvalidMigrationsException.FileProblem;

/**
 * A collector of the problems of one file.
 */
public final class FileProblemCollector {

	private final String file;

	private final List<FileProblem> problems = new ArrayList<>();

	/**
	 * Create a collector without problems.
	 * @param file the file as people know it
	 */
	public FileProblemCollector(String file) {
		this.file = file;
	}

	public String file() {
		return this.file;
	}

	/**
	 * Add a problem of the file as a whole.
	 * @param message the problem and its solution
	 */
	public void add(String message) {
		add(0, 0, message);
	}

	/**
	 * Add a problem with its place.
	 * @param line the line, from 1; 0 if it has none
	 * @param column the column, from 1; 0 if it has none
	 * @param message the problem and its solution
	 */
	public void add(int line, int column, String message) {
		this.problems.add(new FileProblem(this.file, line, column, null, message));
	}

	/**
	 * Add problems.
	 * @param problems the problems
	 */
	public void addAll(List<FileProblem> problems) {
		this.problems.addAll(problems);
	}

	/**
	 * Return whether there is no problem.
	 * @return whether the file is valid
	 */
	public boolean isEmpty() {
		return this.problems.isEmpty();
	}

	/**
	 * Return the problems.
	 * @return the problems in the order of their lines
	 */
	public List<FileProblem> sorted() {
		return this.problems.stream().sorted(Comparator.comparingInt(FileProblem::line)).toList();
	}

}
