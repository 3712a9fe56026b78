package io.veza.migrations.autoconfigure.command;

import java.util.function.Function;
import java.util.function.Supplier;

import io.veza.migrations.MigrationReport;
import io.veza.migrations.MigrationStatus;
import io.veza.migrations.PlanOutlook;
import io.veza.migrations.actuate.PlanDescriptor;
import io.veza.migrations.rehearsal.RehearsalReport;

/**
 * Output for people; what went wrong goes to the standard error.
 */
final class TextOutput implements CommandOutput {

	private final CommandStreams streams;

	TextOutput(CommandStreams streams) {
		this.streams = streams;
	}

	@Override
	public void plan(PlanOutlook plan) {
		write(PlanText.of(PlanDescriptor.of(plan)));
	}

	@Override
	public void report(MigrationReport report) {
		write(ReportText.of(report));
	}

	@Override
	public void status(MigrationStatus status) {
		write(StatusText.of(status));
	}

	@Override
	public void valid(MigrationStatus status) {
		write(new TextLines()
			.line("Valid: nothing is pending, and " + status.applied().size() + " migration(s) are applied."));
	}

	@Override
	public <T> T step(String name, Supplier<T> work, Function<T, String> outcome) {
		try {
			T result = work.get();
			write(new TextLines().line("[ok] " + name + ": " + outcome.apply(result)));
			return result;
		}
		catch (RuntimeException ex) {
			failed(name);
			throw ex;
		}
	}

	@Override
	public void failed(String name) {
		write(new TextLines().line("[failed] " + name));
	}

	@Override
	public void rolledBack(MigrationReport report) {
		write(ReportText.steps(report));
	}

	@Override
	public void rehearsal(RehearsalReport report) {
		write(RehearsalText.of(report));
	}

	@Override
	public void failure(CommandFailure failure) {
		this.streams.error().println("Error: " + failure.text());
	}

	private void write(TextLines text) {
		this.streams.output().print(text);
		this.streams.output().flush();
	}

}
