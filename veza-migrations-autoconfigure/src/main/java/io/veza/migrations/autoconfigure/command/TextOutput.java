package io.veza.migrations.autoconfigure.command;

import java.util.function.Function;
import java.util.function.Supplier;

import io.veza.migrations.MigrationReport;
import io.veza.migrations.actuate.descriptor.PlanDescriptor;
import io.veza.migrations.status.MigrationStatus;
import io.veza.migrations.status.PlanOutlook;

/**
 * Output for people; what went wrong goes to the standard error.
 */
public final class TextOutput implements CommandOutput {

	private final CommandStreams streams;

	/**
	 * Create a new instance.
	 * @param streams where to write
	 */
	public TextOutput(CommandStreams streams) {
		this.streams = streams;
	}

	@Override
	public void plan(PlanOutlook plan) {
		write(PlanTextFormat.of(PlanDescriptor.of(plan)));
	}

	@Override
	public void report(MigrationReport report) {
		write(ReportTextFormat.of(report));
	}

	@Override
	public void status(MigrationStatus status) {
		write(StatusTextFormat.of(status));
	}

	@Override
	public void valid(MigrationStatus status) {
		write(new OutputTextLines()
			.line("Valid: nothing is pending, and " + status.applied().size() + " migration(s) are applied."));
	}

	@Override
	public <T> T step(String name, Supplier<T> work, Function<T, String> outcome) {
		try {
			T result = work.get();
			write(new OutputTextLines().line("[ok] " + name + ": " + outcome.apply(result)));
			return result;
		}
		catch (RuntimeException ex) {
			failed(name);
			throw ex;
		}
	}

	@Override
	public void failed(String name) {
		write(new OutputTextLines().line("[failed] " + name));
	}

	@Override
	public void rolledBack(MigrationReport report) {
		write(ReportTextFormat.steps(report));
	}

	@Override
	public void result(Supplier<OutputTextLines> text, Supplier<Record> descriptor) {
		write(text.get());
	}

	@Override
	public void failure(CommandFailure failure) {
		this.streams.error().println("Error: " + failure.text());
	}

	private void write(OutputTextLines text) {
		this.streams.output().print(text);
		this.streams.output().flush();
	}

}
