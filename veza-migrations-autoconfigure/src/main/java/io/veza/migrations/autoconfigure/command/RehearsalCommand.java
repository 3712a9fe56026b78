package io.veza.migrations.autoconfigure.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.veza.migrations.autoconfigure.rehearsal.RehearsalFiles;
import io.veza.migrations.rehearsal.RehearsalReport;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code rehearse}: the rehearsal, its files, output.
 */
final class RehearsalCommand {

	private final RehearsalRun rehearsal;

	private final @Nullable Path folder;

	private final CommandOutput output;

	/**
	 * Create a new instance.
	 * @param rehearsal rehearses the migrations
	 * @param folder where the report is written, {@code null} if it is not
	 * @param output where the report is shown
	 */
	RehearsalCommand(RehearsalRun rehearsal, @Nullable Path folder, CommandOutput output) {
		this.rehearsal = rehearsal;
		this.folder = folder;
		this.output = output;
	}

	/**
	 * Rehearse, and write what was shown.
	 * @return the exit code
	 */
	int run() {
		requireFolder();
		RehearsalReport report = this.rehearsal.run();
		writeFiles(report);
		this.output.rehearsal(report);
		return ExitCodes.of(report);
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
