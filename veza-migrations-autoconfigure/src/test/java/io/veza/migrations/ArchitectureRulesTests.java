package io.veza.migrations;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.veza.migrations.testsupport.CompiledClasses;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ArchitectureRules}: each rule is tried on classes that break it and on
 * classes that keep it, which live in a root package of their own.
 */
class ArchitectureRulesTests {

	private static final List<String> PACKAGES = List.of("nouns", "sql", "request", "status", "failure", "plan",
			"source", "history", "record", "lock", "catalog", "session", "backup", "execute", "rehearsal", "engine",
			"actuate", "autoconfigure");

	private static final Map<String, String> LIBRARIES = Map.ofEntries(Map.entry("file", "java.io.File"),
			Map.entry("path", "java.nio.file.Path"), Map.entry("jdbc", "java.sql.Connection"),
			Map.entry("dataSource", "javax.sql.DataSource"),
			Map.entry("springJdbc", "org.springframework.jdbc.core.JdbcTemplate"),
			Map.entry("springContext", "org.springframework.context.ApplicationContext"),
			Map.entry("pgjdbc", "org.postgresql.PGConnection"),
			Map.entry("pgjdbcInternals", "org.postgresql.core.BaseConnection"),
			Map.entry("jackson", "tools.jackson.databind.json.JsonMapper"), Map.entry("slf4j", "org.slf4j.Logger"),
			Map.entry("resource", "org.springframework.core.io.Resource"),
			Map.entry("observation", "io.micrometer.observation.ObservationRegistry"),
			Map.entry("meter", "io.micrometer.core.instrument.MeterRegistry"),
			Map.entry("scheduling", "org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor"),
			Map.entry("actuator", "org.springframework.boot.actuate.endpoint.annotation.Endpoint"),
			Map.entry("health", "org.springframework.boot.health.contributor.Health"),
			Map.entry("boot", "org.springframework.boot.SpringApplication"),
			Map.entry("junit", "org.junit.jupiter.api.Test"));

	/** Rules other than the rows of the table, with classes that break them. */
	private static final Map<String, List<String>> BROKEN = Map.ofEntries( //
			Map.entry("every package is in the table", List.of("seeds.stranger.Seed")), //
			Map.entry("no cycles",
					List.of("seeds.history.Uses_lock", "seeds.lock.Seed", "seeds.lock.Uses_history",
							"seeds.history.Seed")), //
			Map.entry("nobody imports autoconfigure", List.of("seeds.actuate.Uses_autoconfigure")), //
			Map.entry("only autoconfigure imports actuate", List.of("seeds.engine.Uses_actuate")), //
			Map.entry("only autoconfigure and actuate import Spring Boot", List.of("seeds.engine.Uses_boot")), //
			Map.entry("plan reads no SQL", List.of("seeds.plan.ReadsScript")), //
			Map.entry("no test library", List.of("seeds.autoconfigure.Uses_junit")), //
			Map.entry("findings know no scratch database", List.of("seeds.rehearsal.findings.UsesScratch")), //
			Map.entry("one class knows the driver's internals", List.of("seeds.session.Uses_pgjdbcInternals")), //
			Map.entry("no wide package", manySeeds()), //
			Map.entry("no field injection", List.of("seeds.autoconfigure.Injected")), //
			Map.entry("no vague name", List.of("seeds.plan.PlanUtils")));

	private static final Map<String, ArchRule> RULES = new ArchitectureRules("seeds").all();

	private static JavaClasses seeds;

	@BeforeAll
	static void compileSeeds(@TempDir Path folder) {
		CompiledClasses classes = CompiledClasses.in(folder)
			.with("seeds.sql", "SqlScript", "interface SqlScript { }")
			.with("seeds.rehearsal.scratch", "Seed", "class Seed { }")
			.with("seeds.rehearsal.findings", "UsesScratch", "class UsesScratch { seeds.rehearsal.scratch.Seed it; }")
			.with("seeds.stranger", "Seed", "class Seed { }")
			.with("seeds.plan", "ReadsScript", "class ReadsScript { seeds.sql.SqlScript it; }")
			.with("seeds.plan", "PlanUtils", "class PlanUtils { }")
			.with("seeds.plan", "PlanHelper", "class PlanHelper { }")
			.with("seeds.plan", "PlanImpl", "class PlanImpl { }")
			.with("seeds.plan", "PlanManager", "class PlanManager { }")
			.with("seeds.autoconfigure", "Injected",
					"class Injected { @org.springframework.beans.factory.annotation.Autowired String it; }");
		manySeeds().forEach((name) -> classes.with("seeds.plan", name.substring("seeds.plan.".length()),
				"class " + name.substring("seeds.plan.".length()) + " { }"));
		for (String name : PACKAGES) {
			classes.with(packageOf(name), "Seed",
					"class Seed { byte[] bytes; int[][] table; java.util.List<String> it; }");
			targets().forEach((label, type) -> classes.with(packageOf(name), "Uses_" + label,
					"class Uses_" + label + " { " + type + " it; }"));
		}
		seeds = new ClassFileImporter().importPath(classes.compile());
	}

	/**
	 * The table of the design: whatever is not named here must be reported.
	 */
	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|',
			textBlock = """
					sql       |                                          | file path jdbc dataSource
					nouns     | sql                                      |
					request   | nouns sql                                |
					status    | nouns sql                                |
					failure   | nouns sql request status                 | jdbc dataSource
					plan      | nouns sql request status                 |
					source    | nouns sql request status failure         | file path resource
					history   | nouns sql request status failure         | jdbc dataSource
					catalog   | nouns sql request status                 | jdbc dataSource pgjdbc
					record    | nouns sql request status catalog history | jdbc dataSource
					lock      | nouns sql request status failure         | file path jdbc dataSource pgjdbc slf4j
					session   | nouns sql request status failure         | jdbc dataSource pgjdbc pgjdbcInternals
					backup    | nouns sql request status failure catalog session | file path jdbc dataSource pgjdbc slf4j
					execute   | nouns sql request status failure history record catalog session | file path jdbc dataSource pgjdbc slf4j
					engine    | nouns sql request status failure source plan history record lock session execute catalog backup | file path jdbc dataSource slf4j observation resource
					rehearsal | nouns sql request status failure source plan history record lock session execute catalog backup | file path jdbc dataSource pgjdbc resource slf4j jackson
					actuate   | nouns sql request status failure engine  | file path slf4j resource observation meter actuator health scheduling
					""")
	void rowAllowsWhatTheTableNamesAndNothingElse(String name, String ours, String others) {
		Set<String> allowed = Stream.of(name, ours, others)
			.filter((words) -> words != null)
			.flatMap((words) -> Stream.of(words.split(" ")))
			.collect(Collectors.toSet());

		assertThat(targets().keySet())
			.allSatisfy((target) -> assertThat(breaks(name, packageOf(name) + ".Uses_" + target))
				.as(name + " imports " + target)
				.isNotEqualTo(allowed.contains(target)));
		assertThat(breaks(name, packageOf(name) + ".Seed")).isFalse();
	}

	@ParameterizedTest
	@MethodSource("otherRules")
	void otherRuleReportsWhatBreaksIt(String name) {
		assertThat(breaks(name, BROKEN.get(name).toArray(String[]::new))).isTrue();
		assertThat(breaks(name, "seeds.plan.Seed")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "PlanUtils", "PlanHelper", "PlanImpl", "PlanManager" })
	void eachVagueNameIsReported(String name) {
		assertThat(breaks("no vague name", "seeds.plan." + name)).isTrue();
	}

	@Test
	void edgeMayImportWhatOthersMayNot() {
		assertThat(breaks("only autoconfigure imports actuate", "seeds.autoconfigure.Uses_actuate", "seeds.plan.Seed"))
			.isFalse();
		assertThat(breaks("only autoconfigure and actuate import Spring Boot", "seeds.autoconfigure.Uses_boot",
				"seeds.actuate.Uses_actuator", "seeds.plan.Seed"))
			.isFalse();
	}

	@Test
	void oneDirectionIsNoCycle() {
		assertThat(breaks("no cycles", "seeds.lock.Uses_history", "seeds.lock.Seed", "seeds.history.Seed")).isFalse();
	}

	@Test
	void everyRuleIsTried() {
		assertThat(RULES.keySet()).hasSize(PACKAGES.size() - 1 + BROKEN.size())
			.containsAll(PACKAGES.subList(0, PACKAGES.size() - 1))
			.containsAll(BROKEN.keySet());
	}

	private static List<String> manySeeds() {
		return IntStream.rangeClosed(1, 31).mapToObj((number) -> "seeds.plan.Wide" + number).toList();
	}

	static Set<String> otherRules() {
		return BROKEN.keySet();
	}

	private static boolean breaks(String rule, String... names) {
		JavaClasses some = seeds.that(HasName.Predicates.nameMatching(String.join("|", names)));
		assertThat(some).hasSize(names.length);
		return RULES.get(rule).evaluate(some).hasViolation();
	}

	/**
	 * Return what a class could import.
	 * @return the type by a label: a seed of each package of ours, a type of each library
	 */
	private static Map<String, String> targets() {
		Map<String, String> targets = new TreeMap<>(LIBRARIES);
		PACKAGES.forEach((name) -> targets.put(name, packageOf(name) + ".Seed"));
		return targets;
	}

	private static String packageOf(String name) {
		return name.equals("nouns") ? "seeds" : "seeds." + name;
	}

}
