package io.veza.migrations;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Who may import whom, and the other rules of the design that bytecode can show. The root
 * package is a parameter, so that the rules can be tried on classes that break them.
 */
final class ArchitectureRules {

	private static final List<String> STAGES = List.of("source", "plan", "history", "lock", "execute", "catalog",
			"backup", "rehearsal");

	private final Map<String, ArchRule> rules = new LinkedHashMap<>();

	private final String root;

	ArchitectureRules(String root) {
		this.root = root;
		addRows();
		addBoundaries();
		addHabits();
	}

	/**
	 * Return the rules.
	 * @return each rule by a short name
	 */
	Map<String, ArchRule> all() {
		return this.rules;
	}

	private void addRows() {
		row("nouns", this.root, List.of(), EnumSet.of(Library.IO));
		stage("plan", List.of());
		stage("source", List.of(), Library.IO, Library.RESOURCE);
		stage("history", List.of(), Library.IO, Library.SQL, Library.SPRING_JDBC, Library.PGJDBC, Library.SLF4J);
		stage("lock", List.of(), Library.IO, Library.SQL, Library.SPRING_JDBC, Library.PGJDBC, Library.SLF4J);
		stage("catalog", List.of(), Library.IO, Library.SQL, Library.SPRING_JDBC, Library.PGJDBC, Library.SLF4J);
		stage("backup", List.of("catalog"), Library.IO, Library.SQL, Library.SPRING_JDBC, Library.PGJDBC,
				Library.SLF4J);
		stage("execute", List.of("history", "catalog"), Library.IO, Library.SQL, Library.SPRING_JDBC, Library.PGJDBC,
				Library.SLF4J);
		stage("rehearsal", List.of("source", "execute", "catalog", "history"), Library.IO, Library.SQL,
				Library.SPRING_JDBC, Library.RESOURCE, Library.SLF4J);
		stage("engine", STAGES, Library.IO, Library.SQL, Library.SLF4J, Library.OBSERVATION);
		stage("actuate", List.of("engine"), Library.IO, Library.SLF4J, Library.OBSERVATION, Library.ACTUATOR);
	}

	private void addBoundaries() {
		add("every package is in the table", classes().should().resideInAnyPackage(known()));
		add("no cycles", slices().matching(this.root + ".(*)..").should().beFreeOfCycles());
		add("nobody imports autoconfigure",
				noClasses().that()
					.resideOutsideOfPackage(within("autoconfigure"))
					.should()
					.dependOnClassesThat()
					.resideInAPackage(within("autoconfigure")));
		add("only autoconfigure imports actuate", onlyAtTheEdge(within("actuate")));
		add("only autoconfigure and actuate import Spring Boot", onlyAtTheEdge("org.springframework.boot.."));
		add("plan reads no SQL",
				noClasses().that()
					.resideInAPackage(within("plan"))
					.should()
					.dependOnClassesThat()
					.haveNameMatching(".*\\.(SqlScript|StatementReader)"));
	}

	private void addHabits() {
		add("no test library", noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.junit..", "org.assertj..", "org.mockito..", "org.testcontainers..", "io.zonky.."));
		add("no field injection", GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION);
		add("no vague name",
				noClasses().should()
					.haveSimpleNameContaining("Util")
					.orShould()
					.haveSimpleNameContaining("Helper")
					.orShould()
					.haveSimpleNameContaining("Impl")
					.orShould()
					.haveSimpleNameContaining("Manager"));
	}

	private void stage(String name, List<String> ours, Library... others) {
		EnumSet<Library> libraries = EnumSet.noneOf(Library.class);
		libraries.addAll(List.of(others));
		row(name, within(name), Stream.concat(Stream.of(name), ours.stream()).toList(), libraries);
	}

	private void row(String name, String packageIdentifier, List<String> ours, EnumSet<Library> others) {
		Stream<String> libraries = Stream.concat(Stream.of(Library.JAVA), others.stream())
			.flatMap((library) -> library.packages.stream());
		Stream<String> allowed = Stream.concat(Stream.of(this.root), ours.stream().map(this::within));
		add(name,
				classes().that()
					.resideInAPackage(packageIdentifier)
					.should()
					.onlyDependOnClassesThat(in(Stream.concat(allowed, libraries))));
	}

	private ArchRule onlyAtTheEdge(String packageIdentifier) {
		return noClasses().that()
			.resideOutsideOfPackages(within("autoconfigure"), within("actuate"))
			.should()
			.dependOnClassesThat()
			.resideInAPackage(packageIdentifier);
	}

	private void add(String name, ArchRule rule) {
		this.rules.put(name, rule.as(name));
	}

	private String[] known() {
		Stream<String> packages = Stream.concat(STAGES.stream(), Stream.of("engine", "actuate", "autoconfigure"));
		return Stream.concat(Stream.of(this.root), packages.map(this::within)).toArray(String[]::new);
	}

	private String within(String name) {
		return this.root + "." + name + "..";
	}

	private static DescribedPredicate<JavaClass> in(Stream<String> packages) {
		return resideInAnyPackage(packages.toArray(String[]::new))
			.or(DescribedPredicate.describe("are primitive", (type) -> type.getBaseComponentType().isPrimitive()));
	}

	/**
	 * What our packages may import of others.
	 */
	private enum Library {

		/** Java without I/O and SQL, and the null annotations: allowed everywhere. */
		JAVA("java.lang..", "java.util..", "java.time..", "java.math..", "java.text..", "org.jspecify.annotations.."),

		IO("java.io..", "java.nio..", "java.net..", "java.security.."),

		SQL("java.sql..", "javax.sql.."),

		SPRING_JDBC("org.springframework.jdbc..", "org.springframework.dao.."),

		PGJDBC("org.postgresql.."),

		SLF4J("org.slf4j.."),

		RESOURCE("org.springframework.core.io.."),

		OBSERVATION("io.micrometer.observation..", "io.micrometer.common.."),

		/**
		 * Boot's actuator and health, the bits of Spring in their signatures, Micrometer,
		 * and what writes HTML for who has a web endpoint.
		 */
		ACTUATOR("org.springframework.boot.actuate..", "org.springframework.boot.health..",
				"org.springframework.boot.context.properties.bind..", "org.springframework.core..",
				"org.springframework.util..", "org.springframework.web.util..", "io.micrometer..");

		private final List<String> packages;

		Library(String... packages) {
			this.packages = List.of(packages);
		}

	}

}
