package io.veza.migrations.autoconfigure.command;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.Supplier;

import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationStatus;
import io.veza.migrations.PlanOutlook;
import io.veza.migrations.actuate.JsonFields;
import io.veza.migrations.actuate.MigrationsDescriptor;
import io.veza.migrations.actuate.PlanDescriptor;
import io.veza.migrations.actuate.ReportDescriptor;
import io.veza.migrations.autoconfigure.rehearsal.RehearsalDescriptor;
import io.veza.migrations.rehearsal.RehearsalReport;

import org.springframework.boot.json.JsonWriter;

/**
 * Output for machines: one JSON document, as the endpoint writes it, whatever happens.
 */
final class JsonOutput implements CommandOutput {

	private static final JsonWriter<Object> JSON = JsonWriter.standard().withNewLineAtEnd();

	private final CommandStreams streams;

	JsonOutput(CommandStreams streams) {
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
	public void rehearsal(RehearsalReport report) {
		write(RehearsalDescriptor.of(report));
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
