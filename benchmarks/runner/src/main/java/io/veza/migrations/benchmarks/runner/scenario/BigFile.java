package io.veza.migrations.benchmarks.runner.scenario;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.veza.migrations.benchmarks.probe.Operation;
import io.veza.migrations.benchmarks.runner.process.Contender;

/**
 * Applies a file that is larger than the memory of who applies it.
 */
public final class BigFile implements Scenario {

	/** What reports call it. */
	public static final String TITLE = "a file of 100 MB with -Xmx64m";

	private static final int MEGABYTES = 100;

	private static final String BODY = "All work and no play makes Jack a dull boy. ".repeat(20);

	@Override
	public String name() {
		return "big-file";
	}

	@Override
	public void run(Bench bench, Results results) throws Exception {
		Path folder = write(Files.createDirectories(bench.scratch().resolve("big")));
		new Rounds(bench, results).run(TITLE, 1, List.of(Contender.VEZA), Contender::label, (contender) -> {
			String database = bench.databases().create();
			bench.databases().settle();
			results.add(TITLE, contender.label(), bench.processes()
				.run(contender, Operation.migrate(folder), bench.targets(List.of(database)), List.of("-Xmx64m")));
			bench.databases().requireTables(database, 1);
			bench.databases().drop(database);
		});
	}

	private static Path write(Path folder) throws IOException {
		try (Writer file = Files.newBufferedWriter(folder.resolve("001_write_messages.sql"))) {
			file.write("-- UP\nCREATE TABLE bench_messages (id int, body text);\n");
			int rows = MEGABYTES * (1_000_000 / BODY.length());
			for (int id = 1; id <= rows; id++) {
				file.write("INSERT INTO bench_messages VALUES (" + id + ", '" + BODY + "');\n");
			}
			file.write("-- DOWN\nDROP TABLE bench_messages;\n");
		}
		return folder;
	}

}
