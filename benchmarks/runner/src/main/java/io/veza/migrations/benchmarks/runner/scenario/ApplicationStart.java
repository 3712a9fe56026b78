package io.veza.migrations.benchmarks.runner.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.veza.migrations.benchmarks.probe.Reading;
import io.veza.migrations.benchmarks.runner.process.Contender;
import io.veza.migrations.benchmarks.runner.process.ExecutableJar;
import io.veza.migrations.benchmarks.runner.process.Layout;

/**
 * Starts the same application with each tool, and with none, when nothing is to be done:
 * from the start of the process until it accepts traffic.
 */
public final class ApplicationStart implements Scenario {

	/** What reports call it. */
	public static final String TITLE = "application start with nothing to do at 1000";

	/** The application without a tool. */
	public static final String PLAIN = "without a tool";

	@Override
	public String name() {
		return "start";
	}

	@Override
	public void run(Bench bench, Results results) throws Exception {
		List<Variant> variants = new ArrayList<>(List.of(Variant.PLAIN));
		for (Variant variant : Variant.values()) {
			if (variant != Variant.PLAIN && bench.includes(variant.contender)) {
				variants.add(variant);
			}
		}
		Map<Variant, Path> jars = jars(bench, variants);
		new Rounds(bench, results).run(TITLE, bench.rounds(Scenarios.ROUNDS), variants, Variant::label,
				(variant) -> results.add(TITLE, variant.label(),
						List.of(start(bench, variant, jars.getOrDefault(variant, bench.home())))));
	}

	private static Map<Variant, Path> jars(Bench bench, List<Variant> variants) throws Exception {
		Map<Variant, Path> jars = new EnumMap<>(Variant.class);
		for (Variant variant : variants) {
			jars.put(variant, variant.jar(bench));
		}
		return jars;
	}

	private static Reading start(Bench bench, Variant variant, Path jar) throws Exception {
		String database = (variant == Variant.PLAIN) ? "postgres" : bench.prepared(variant.contender, Scenarios.MANY);
		return bench.processes()
			.start(jar, "start-" + variant.name(), bench.server().database(database), variant.arguments());
	}

	private enum Variant {

		PLAIN(Contender.RAW, "apps/plain", "db/migrations"),

		VEZA(Contender.VEZA, "apps/veza", "db/migrations"),

		FLYWAY(Contender.FLYWAY, "apps/flyway", "db/migration"),

		FLYWAY_NEWEST(Contender.FLYWAY_NEWEST, "apps/flyway-newest", "db/migration"),

		LIQUIBASE(Contender.LIQUIBASE, "apps/liquibase", "db/changelog");

		private static final List<String> CHANGELOG = List
			.of("--spring.liquibase.change-log=classpath:db/changelog/changelog.xml");

		/** Otherwise Flyway is content with finding none of its files. */
		private static final List<String> STRICT = List.of("--spring.flyway.ignore-migration-patterns=");

		private final Contender contender;

		private final String module;

		private final String location;

		Variant(Contender contender, String module, String location) {
			this.contender = contender;
			this.module = module;
			this.location = location;
		}

		String label() {
			return (this == PLAIN) ? ApplicationStart.PLAIN : this.contender.label();
		}

		List<String> arguments() {
			return switch (this) {
				case LIQUIBASE -> CHANGELOG;
				case FLYWAY, FLYWAY_NEWEST -> STRICT;
				case PLAIN, VEZA -> List.of();
			};
		}

		Path jar(Bench bench) throws Exception {
			Layout layout = this.contender.layout();
			Path folder = Files.createDirectories(bench.scratch().resolve("applications"));
			return executable(bench).withClasses(layout.content(bench.files(layout, Scenarios.MANY)), this.location,
					folder.resolve(name() + ".jar"));
		}

		private ExecutableJar executable(Bench bench) throws IOException {
			return ExecutableJar.of(bench.home().resolve(this.module));
		}

	}

}
