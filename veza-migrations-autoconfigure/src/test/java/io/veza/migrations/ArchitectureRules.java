package io.veza.migrations;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Who may import whom, and the other rules of the design that bytecode can show. The root
 * package is a parameter, so that the rules can be tried on classes that break them.
 */
final class ArchitectureRules {

	private static final List<String> NOUNS = List.of("sql", "request", "status");

	private static final List<String> STAGES = List.of("failure", "source", "plan", "history", "record", "catalog",
			"lock", "session", "execute", "backup");

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
		row("sql", within("sql"), List.of("sql"), EnumSet.of(Library.IO, Library.SQL));
		row("nouns", this.root, List.of("", "sql"), EnumSet.noneOf(Library.class));
		row("request", within("request"), List.of("", "sql", "request"), EnumSet.noneOf(Library.class));
		row("status", within("status"), List.of("", "sql", "status"), EnumSet.noneOf(Library.class));
		stage("failure", List.of(), Library.SQL);
		stage("plan", List.of());
		stage("source", List.of("failure"), Library.IO, Library.RESOURCE);
		stage("history", List.of("failure"), Library.SQL);
		stage("catalog", List.of(), Library.SQL, Library.PGJDBC);
		stage("record", List.of("catalog", "history"), Library.SQL);
		stage("lock", List.of("failure"), Library.IO, Library.SQL, Library.PGJDBC, Library.SLF4J);
		stage("session", List.of("failure"), Library.SQL, Library.PGJDBC, Library.PGJDBC_INTERNALS);
		stage("backup", List.of("failure", "catalog", "session"), Library.IO, Library.SQL, Library.PGJDBC,
				Library.SLF4J);
		stage("execute", List.of("failure", "history", "record", "catalog", "session"), Library.IO, Library.SQL,
				Library.PGJDBC, Library.SLF4J);
		stage("engine", STAGES, Library.IO, Library.SQL, Library.SLF4J, Library.OBSERVATION, Library.RESOURCE);
		stage("rehearsal", STAGES, Library.IO, Library.SQL, Library.PGJDBC, Library.RESOURCE, Library.SLF4J,
				Library.JACKSON);
		stage("actuate", List.of("failure", "engine"), Library.IO, Library.SLF4J, Library.OBSERVATION,
				Library.ACTUATOR);
	}

	private void addBoundaries() {
		add("every package is in the table", classes().should().resideInAnyPackage(known()));
		add("no cycles", slices().assignedFrom(new EachPackage()).should().beFreeOfCycles());
		add("findings know no scratch database",
				noClasses().that()
					.resideInAPackage(within("rehearsal.findings"))
					.should()
					.dependOnClassesThat()
					.resideInAPackage(within("rehearsal.scratch"))
					.allowEmptyShould(true));
		add("one class knows the driver's internals",
				noClasses().that()
					.doNotHaveSimpleName("DriverConnection")
					.should()
					.dependOnClassesThat()
					.resideInAPackage("org.postgresql.core.."));
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
		add("no wide package", classes().should(new NarrowPackages()));
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

	/** A stage of the engine, which may use every noun. */
	private void stage(String name, List<String> ours, Library... others) {
		EnumSet<Library> libraries = EnumSet.noneOf(Library.class);
		libraries.addAll(List.of(others));
		row(name, within(name),
				Stream.of(Stream.of("", name), NOUNS.stream(), ours.stream()).flatMap((packages) -> packages).toList(),
				libraries);
	}

	private void row(String name, String packageIdentifier, List<String> ours, EnumSet<Library> others) {
		Stream<String> libraries = Stream.concat(Stream.of(Library.JAVA), others.stream())
			.flatMap((library) -> library.packages.stream());
		Stream<String> allowed = ours.stream().map((other) -> other.isEmpty() ? this.root : within(other));
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
		Stream<String> packages = Stream
			.of(NOUNS.stream(), STAGES.stream(), Stream.of("engine", "rehearsal", "actuate", "autoconfigure"))
			.flatMap((names) -> names);
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
	 * Each package on its own, sub-packages included.
	 */
	private static final class EachPackage implements SliceAssignment {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			return SliceIdentifier.of(type.getPackageName());
		}

		@Override
		public String getDescription() {
			return "each package";
		}

	}

	/**
	 * Packages in which a stranger finds a type at a glance.
	 */
	private static final class NarrowPackages extends ArchCondition<JavaClass> {

		/** With package-info. */
		private static final int MAX_FILES = 30;

		private final Map<String, List<String>> names = new TreeMap<>();

		NarrowPackages() {
			super("have at most " + MAX_FILES + " files in each package");
		}

		@Override
		public void check(JavaClass type, ConditionEvents events) {
			if (type.isTopLevelClass()) {
				this.names.computeIfAbsent(type.getPackageName(), (name) -> new ArrayList<>())
					.add(type.getSimpleName());
			}
		}

		@Override
		public void finish(ConditionEvents events) {
			this.names.forEach((name, types) -> {
				if (types.size() > MAX_FILES) {
					events.add(SimpleConditionEvent.violated(name, name + " has " + types.size() + " files"));
				}
			});
			this.names.clear();
		}

	}

	/**
	 * What our packages may import of others.
	 */
	private enum Library {

		/** Java without I/O and SQL, and the null annotations: allowed everywhere. */
		JAVA("java.lang..", "java.util..", "java.time..", "java.math..", "java.text..", "org.jspecify.annotations.."),

		IO("java.io..", "java.nio..", "java.net..", "java.security.."),

		SQL("java.sql..", "javax.sql.."),

		PGJDBC("org.postgresql", "org.postgresql.copy..", "org.postgresql.ds..", "org.postgresql.jdbc..",
				"org.postgresql.ssl..", "org.postgresql.util.."),

		/** What the driver may change with each version. */
		PGJDBC_INTERNALS("org.postgresql.core.."),

		JACKSON("tools.jackson..", "com.fasterxml.jackson.annotation.."),

		SLF4J("org.slf4j.."),

		RESOURCE("org.springframework.core.io.."),

		OBSERVATION("io.micrometer.observation..", "io.micrometer.common.."),

		/**
		 * Boot's actuator and health, the bits of Spring in their signatures, Micrometer,
		 * and what writes HTML for who has a web endpoint.
		 */
		ACTUATOR("org.springframework.boot.actuate..", "org.springframework.boot.health..",
				"org.springframework.boot.context.properties.bind..", "org.springframework.core..",
				"org.springframework.scheduling..", "org.springframework.util..", "org.springframework.web.util..",
				"io.micrometer..");

		private final List<String> packages;

		Library(String... packages) {
			this.packages = List.of(packages);
		}

	}

}
