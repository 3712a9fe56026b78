package io.veza.migrations.autoconfigure.command;

import java.util.function.Function;
import java.util.function.Supplier;

import io.veza.migrations.MigrationReport;
import io.veza.migrations.status.MigrationStatus;
import io.veza.migrations.status.PlanOutlook;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The output of a command: what it has found or done.
 */
public sealed interface CommandOutput permits TextOutput, JsonOutput {

	/**
	 * Return the output that {@code veza.migrations.output} asks for. What is no output
	 * is text here; binding the properties then says that it is wrong.
	 * @param environment the environment of the application
	 * @param streams where to write
	 * @return the output
	 */
	static CommandOutput of(Environment environment, CommandStreams streams) {
		String name = Binder.get(environment)
			.bind(MigrationsCommandProperties.PREFIX + ".output", String.class)
			.orElse("");
		return name.strip().equalsIgnoreCase("json") ? new JsonOutput(streams) : new TextOutput(streams);
	}

	/**
	 * Write a plan.
	 * @param plan the plan
	 */
	void plan(PlanOutlook plan);

	/**
	 * Write what was done.
	 * @param report the report
	 */
	void report(MigrationReport report);

	/**
	 * Write where the database stands.
	 * @param status the status
	 */
	void status(MigrationStatus status);

	/**
	 * Write that nothing is pending and nothing is wrong.
	 * @param status the status
	 */
	void valid(MigrationStatus status);

	/**
	 * Do a step of a rollback, and write as soon as it has ended how it did.
	 * @param <T> the type of its result
	 * @param name the step
	 * @param work does it
	 * @param outcome says how it ended well
	 * @return its result
	 */
	<T> T step(String name, Supplier<T> work, Function<T, String> outcome);

	/**
	 * Write that a step of a rollback has failed.
	 * @param name the step
	 */
	void failed(String name);

	/**
	 * Write what a rollback has kept, done and left.
	 * @param report the report
	 */
	void rolledBack(MigrationReport report);

	/**
	 * Write a result that is known only to the module that it comes from.
	 * @param text returns it for people
	 * @param descriptor returns it for machines
	 */
	void result(Supplier<OutputTextLines> text, Supplier<Record> descriptor);

	/**
	 * Write what went wrong.
	 * @param failure the failure
	 */
	void failure(CommandFailure failure);

}
