package io.veza.migrations.autoconfigure.command.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

import io.veza.migrations.RehearsalFinding.Severity;
import io.veza.migrations.autoconfigure.command.CommandExitCodes;
import io.veza.migrations.autoconfigure.command.CommandOutput;
import io.veza.migrations.autoconfigure.command.InvalidCommandException;
import io.veza.migrations.autoconfigure.command.RehearsalCommand;
import io.veza.migrations.rehearsal.RehearsalReport;
import io.veza.migrations.rehearsal.report.RehearsalFiles;
import io.veza.migrations.rehearsal.report.RehearsalReportDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A rehearsal of which a report is written: to files, if there is a folder for them, and
 * to the output of the command.
 */
final class ReportedRehearsal implements RehearsalCommand {

	private final Supplier<RehearsalReport> rehearsal;

	private final @Nullable Path folder;

	/**
	 * Create a new instance.
	 * @param rehearsal rehearses the migrations
	 * @param folder where the report is written, {@code null} if it is not
	 */
	ReportedRehearsal(Supplier<RehearsalReport> rehearsal, @Nullable Path folder) {
		this.rehearsal = rehearsal;
		this.folder = folder;
	}

	@Override
	public int run(CommandOutput output) {
		requireFolder();
		RehearsalReport report = this.rehearsal.get();
		writeFiles(report);
		output.result(() -> RehearsalTextFormat.of(report), () -> RehearsalReportDescriptor.of(report));
		return report.findings(Severity.ERROR).isEmpty() ? CommandExitCodes.DONE : CommandExitCodes.FINDINGS;
	}

	/** A rehearsal takes its time: what speaks against its report is found before. */
	private void requireFolder() {
		if (this.folder != null) {
			try {
				Files.createDirectories(this.folder);
			}
			catch (IOException ex) {
				throw unwritable(this.folder, ex);
			}
		}
	}

	private void writeFiles(RehearsalReport report) {
		if (this.folder != null) {
			try {
				RehearsalFiles.write(report, this.folder);
			}
			catch (UncheckedIOException ex) {
				throw unwritable(this.folder, ex);
			}
		}
	}

	private static InvalidCommandException unwritable(Path folder, Exception cause) {
		return new InvalidCommandException("The report cannot be written into \"" + folder + "\" (" + cause.getMessage()
				+ "). Name a directory in which this process may write in "
				+ "veza.migrations.rehearsal.report-directory.");
	}

}
