package io.veza.migrations.benchmarks.runner.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The versions of what is measured, as the names of the jars in its class path say them.
 */
public final class Versions {

	private static final Pattern JAR = Pattern.compile(
			"[/\\\\](flyway-core|liquibase-core|postgresql|veza-migrations-autoconfigure)-([0-9][^/\\\\]*?)\\.jar");

	private static final Map<String, String> NAMES = Map.of("flyway-core", "Flyway", "liquibase-core", "Liquibase",
			"postgresql", "pgjdbc", "veza-migrations-autoconfigure", "Veza Migrations");

	private final Path home;

	/**
	 * Create a new instance.
	 * @param home the folder of the benchmarks
	 */
	public Versions(Path home) {
		this.home = home;
	}

	/**
	 * Return who is measured in which version.
	 * @return the names with versions, by the name of the tool
	 * @throws IOException if it was not built
	 */
	public Map<String, String> all() throws IOException {
		Map<String, String> versions = new TreeMap<>();
		for (Contender contender : Contender.values()) {
			if (!contender.module().isEmpty()) {
				versions.put(contender.label(), versions(contender));
			}
		}
		return versions;
	}

	private String versions(Contender contender) throws IOException {
		Path file = this.home.resolve(contender.module()).resolve("target").resolve("classpath");
		StringBuilder text = new StringBuilder();
		for (Matcher jar = JAR.matcher(Files.readString(file)); jar.find();) {
			text.append(text.isEmpty() ? "" : ", ").append(NAMES.get(jar.group(1))).append(' ').append(jar.group(2));
		}
		return text.toString();
	}

}
