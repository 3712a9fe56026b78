package io.veza.migrations.benchmarks.runner.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.veza.migrations.benchmarks.probe.Reading;
import io.veza.migrations.benchmarks.probe.Target;

/**
 * PostgreSQL's own program with a script. Its time is that of the whole process.
 */
final class Psql {

	private static final String PROGRAM = "psql";

	private final Duration limit;

	Psql(Duration limit) {
		this.limit = limit;
	}

	private static boolean isInstalled() {
		String path = System.getenv("PATH");
		return path != null && Stream.of(path.split(System.getProperty("path.separator")))
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, PROGRAM)));
	}

	List<Reading> run(Path folder, List<Target> databases) throws IOException, InterruptedException {
		if (!isInstalled()) {
			throw new MeasurementFailedException(
					"\"psql\" is not installed. Install the programs of PostgreSQL's clients to measure it.");
		}
		List<Reading> readings = new ArrayList<>();
		for (Target database : databases) {
			List<String> command = List.of(PROGRAM, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", uri(database), "-f",
					folder.resolve("script.sql").toString());
			long start = System.nanoTime();
			new Command(command, this.limit).run();
			readings.add(new Reading(System.nanoTime() - start, 0));
		}
		return readings;
	}

	private static String uri(Target database) {
		URI uri = URI.create(database.url().substring("jdbc:".length()));
		return "postgresql://" + database.user() + ":" + database.password() + "@" + uri.getHost() + ":" + uri.getPort()
				+ uri.getPath();
	}

}
