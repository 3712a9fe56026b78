package io.veza.migrations.benchmarks.runner.scenario;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import io.veza.migrations.benchmarks.probe.Operation;
import io.veza.migrations.benchmarks.runner.process.Contender;

/**
 * Work that brings a database from one number of applied migrations to another.
 *
 * @param title what reports call it
 * @param before how many are applied
 * @param after how many are to be applied
 */
public record Task(String title, int before, int after) {

	/**
	 * Return the work on an empty database.
	 * @param count how many migrations
	 * @return the task
	 */
	public static Task fresh(int count) {
		return new Task("fresh " + count, 0, count);
	}

	/**
	 * Return the work on a database that is up to date.
	 * @param count how many migrations
	 * @return the task
	 */
	public static Task nothingToDo(int count) {
		return new Task("nothing to do at " + count, count, count);
	}

	/**
	 * Return the work on a database that lacks one migration.
	 * @param count how many are applied
	 * @return the task
	 */
	public static Task onePending(int count) {
		return new Task("1 pending on " + count, count, count + 1);
	}

	/**
	 * Return the work that takes everything back.
	 * @param count how many migrations
	 * @return the task
	 */
	public static Task rollback(int count) {
		return new Task("rollback of " + count, count, 0);
	}

	/**
	 * Return who can do it.
	 * @return the tools
	 */
	List<Contender> contenders(Bench bench) {
		return Stream.of(Contender.values()).filter(this::suits).filter(bench::includes).toList();
	}

	/** With nothing to do the loops are the same, and a script knows no history. */
	private boolean suits(Contender contender) {
		if (isRollback()) {
			return contender == Contender.VEZA;
		}
		return switch (contender) {
			case PSQL -> this.before == 0;
			case PIPELINED, ONE_TRANSACTION -> !changesNothing();
			case VEZA, FLYWAY, FLYWAY_NEWEST, LIQUIBASE, RAW -> true;
		};
	}

	private boolean isRollback() {
		return this.after < this.before;
	}

	private boolean changesNothing() {
		return this.after == this.before;
	}

	/** A database to do it on: a new one, unless nothing is changed. */
	String database(Bench bench, Contender contender) throws Exception {
		if (this.before == 0) {
			return bench.databases().create();
		}
		String prepared = bench.prepared(contender, this.before);
		return changesNothing() ? prepared : bench.databases().copy(prepared);
	}

	Operation operation(Bench bench, Contender contender) throws Exception {
		Path folder = bench.files(contender.layout(), Math.max(this.before, this.after));
		return isRollback() ? Operation.rollback(folder, this.before - this.after) : Operation.migrate(folder);
	}

	/** Check that it was done, and drop the database. */
	void finish(Bench bench, String database) throws SQLException {
		bench.databases().requireTables(database, this.after);
		if (!changesNothing()) {
			bench.databases().drop(database);
		}
	}

}
