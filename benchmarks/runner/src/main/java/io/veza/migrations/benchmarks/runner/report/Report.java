package io.veza.migrations.benchmarks.runner.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.veza.migrations.benchmarks.runner.scenario.Results;

/**
 * What readers see.
 */
public final class Report {

	private static final String FILE = "RESULTS.md";

	private final Results results;

	/**
	 * Create a new instance.
	 * @param results what was measured
	 */
	public Report(Results results) {
		this.results = results;
	}

	/**
	 * Write it.
	 * @param folder where
	 * @return the file
	 * @throws IOException if it cannot be written
	 */
	public Path write(Path folder) throws IOException {
		List<String> titles = this.results.titles();
		Path file = folder.resolve(FILE);
		Files.writeString(file, new TimeTables(this.results).text(titles) + new CountTables(this.results).text(titles));
		return file;
	}

}
