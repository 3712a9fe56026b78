package io.veza.migrations.benchmarks.runner.scenario;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

import io.veza.migrations.benchmarks.probe.Operation;
import io.veza.migrations.benchmarks.runner.process.Contender;
import io.veza.migrations.benchmarks.runner.process.ExecutableJar;
import io.veza.migrations.benchmarks.runner.process.Layout;

/**
 * Reads a thousand files that are in an executable jar of Spring Boot, and the same files
 * in a folder. Everything else is the same.
 */
public final class Scanning implements Scenario {

	/** What reports call it. */
	public static final String TITLE = "reading 1000 files";

	/** The files in a folder. */
	public static final String FOLDER = "in a folder";

	/** The files among the classes of the application. */
	public static final String CLASSES = "in an executable jar, own classes";

	/** The files in a library of the application. */
	public static final String LIBRARY = "in an executable jar, nested library";

	private static final String CLASS_PATH = "classpath:db/migrations";

	private static final int WARM = 9;

	@Override
	public String name() {
		return "scanning";
	}

	@Override
	public void run(Bench bench, Results results) throws Exception {
		ExecutableJar jar = ExecutableJar.of(bench.home().resolve("tools/veza"));
		Path files = bench.files(Layout.VEZA, Scenarios.MANY);
		Path folder = Files.createDirectories(bench.scratch().resolve("scanning"));
		List<Place> places = List.of(new Place(FOLDER, jar.path(), files.toUri().toString()),
				new Place(CLASSES, jar.withClasses(files, "db/migrations", folder.resolve("classes.jar")), CLASS_PATH),
				new Place(LIBRARY, jar.withLibrary(files, "db/migrations", folder.resolve("library.jar")), CLASS_PATH));
		new Rounds(bench, results).run(TITLE, bench.rounds(Scenarios.ROUNDS), places, Place::label,
				(place) -> results.add(TITLE, place.label,
						bench.processes()
							.runJar(place.jar, Contender.VEZA, Operation.load(place.location),
									Collections.nCopies(1 + WARM, bench.server().database("postgres")))));
	}

	private record Place(String label, Path jar, String location) {
	}

}
