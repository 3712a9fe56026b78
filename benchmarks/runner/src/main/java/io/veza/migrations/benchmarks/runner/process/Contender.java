package io.veza.migrations.benchmarks.runner.process;

import java.util.Locale;

/**
 * Who is measured.
 */
public enum Contender {

	/** This project. */
	VEZA("Veza Migrations", Layout.VEZA, "tools/veza", "io.veza.migrations.benchmarks.veza.VezaTool"),

	/** Flyway as Spring Boot manages it. */
	FLYWAY("Flyway of Spring Boot", Layout.FLYWAY, "tools/flyway", "io.veza.migrations.benchmarks.flyway.FlywayTool"),

	/** The newest Flyway. */
	FLYWAY_NEWEST("Flyway, newest", Layout.FLYWAY, "tools/flyway-newest",
			"io.veza.migrations.benchmarks.flyway.FlywayTool"),

	/** Liquibase as Spring Boot manages it. */
	LIQUIBASE("Liquibase", Layout.LIQUIBASE, "tools/liquibase",
			"io.veza.migrations.benchmarks.liquibase.LiquibaseTool"),

	/** A loop with three flights for each migration. */
	RAW("raw, 3 flights each", Layout.VEZA, "probe", "io.veza.migrations.benchmarks.probe.raw.FlightsEach"),

	/** A loop with a hundred transactions per flight. */
	PIPELINED("raw, pipelined", Layout.VEZA, "probe", "io.veza.migrations.benchmarks.probe.raw.Pipelined"),

	/** A loop in one transaction. */
	ONE_TRANSACTION("raw, one transaction", Layout.VEZA, "probe",
			"io.veza.migrations.benchmarks.probe.raw.OneTransaction"),

	/** PostgreSQL's own program. */
	PSQL("psql", Layout.PSQL, "", "");

	private final String label;

	private final Layout layout;

	private final String module;

	private final String toolClass;

	Contender(String label, Layout layout, String module, String toolClass) {
		this.label = label;
		this.layout = layout;
		this.module = module;
		this.toolClass = toolClass;
	}

	/**
	 * Return what readers call it.
	 * @return the name
	 */
	public String label() {
		return this.label;
	}

	/**
	 * Return what the command line calls it.
	 * @return the name
	 */
	public String option() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Return how it wants its migrations.
	 * @return the layout
	 */
	public Layout layout() {
		return this.layout;
	}

	/**
	 * Return where it is built.
	 * @return a folder in that of the benchmarks
	 */
	String module() {
		return this.module;
	}

	/**
	 * Return the class that makes it work.
	 * @return the name of a tool
	 */
	String toolClass() {
		return this.toolClass;
	}

}
