package io.veza.migrations.autoconfigure.command;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.Supplier;

import io.veza.migrations.MigrationReport;
import io.veza.migrations.actuate.descriptor.JsonFields;
import io.veza.migrations.actuate.descriptor.MigrationsDescriptor;
import io.veza.migrations.actuate.descriptor.PlanDescriptor;
import io.veza.migrations.actuate.descriptor.ReportDescriptor;
import io.veza.migrations.status.MigrationStatus;
import io.veza.migrations.status.PlanOutlook;
import org.springframework.boot.json.JsonWriter;

/**
 * Output for machines: one JSON document, as the endpoint writes it, whatever happens.
 */
public final class JsonOutput implements CommandOutput {

	private static final JsonWriter<Object> JSON = JsonWriter.standard().withNewLineAtEnd();

	private final CommandStreams streams;

	/**
	 * Create a new instance.
	 * @param streams where to write
	 */
	public JsonOutput(CommandStreams streams) {
		this.streams = streams;
	}

	@Override
	public void plan(PlanOutlook plan) {
		write(PlanDescriptor.of(plan));
	}

	@Override
	public void report(MigrationReport report) {
		write(ReportDescriptor.of(report));
	}

	@Override
	public void status(MigrationStatus status) {
		write(MigrationsDescriptor.of(status, true));
	}

	@Override
	public void valid(MigrationStatus status) {
		status(status);
	}

	@Override
	public <T> T step(String name, Supplier<T> work, Function<T, String> outcome) {
		return work.get();
	}

	@Override
	public void failed(String name) {
	}

	@Override
	public void rolledBack(MigrationReport report) {
		report(report);
	}

	@Override
	public void result(Supplier<OutputTextLines> text, Supplier<Record> descriptor) {
		write(descriptor.get());
	}

	@Override
	public void failure(CommandFailure failure) {
		this.streams.error().println("Error: " + failure.text());
		write(failure.problem());
	}

	// JSON is UTF-8, whatever the locale of the process
	private void write(Object descriptor) {
		byte[] json = JSON.writeToString(JsonFields.of(descriptor)).getBytes(StandardCharsets.UTF_8);
		this.streams.output().write(json, 0, json.length);
		this.streams.output().flush();
	}

}
