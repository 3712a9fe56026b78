package io.veza.migrations.rehearsal.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import io.veza.migrations.rehearsal.RehearsalReport;

/**
 * Writes the report of a rehearsal into a folder: as a page for people, and as JSON for
 * machines. Packaged as {@code META-INF/veza-migrations-rehearsal.json}, the latter tells
 * the application what is known of its migrations.
 *
 * @since 0.1.0
 */
public final class RehearsalFiles {

	/** The file for machines. */
	public static final String JSON = "veza-migrations-rehearsal.json";

	/** The file for people. */
	public static final String HTML = "veza-migrations-rehearsal.html";

	private RehearsalFiles() {
	}

	/**
	 * Write both files. Each is there as a whole or not at all.
	 * @param report what the rehearsal has shown
	 * @param folder the folder, created if missing
	 * @throws UncheckedIOException if they cannot be written
	 */
	public static void write(RehearsalReport report, Path folder) {
		try {
			Files.createDirectories(folder);
			write(folder.resolve(JSON), RehearsalReportJson.of(report, ReportDetail.FILE));
			write(folder.resolve(HTML), RehearsalReportPage.of(report));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Write the JSON alone, for instance to be packaged: a test of the build writes it
	 * into {@code target/classes} as {@code META-INF/veza-migrations-rehearsal.json}. It
	 * is there as a whole or not at all.
	 * @param report what the rehearsal has shown
	 * @param file the file, its folder is created if missing
	 * @throws UncheckedIOException if it cannot be written
	 */
	public static void writeJson(RehearsalReport report, Path file) {
		try {
			Files.createDirectories(file.toAbsolutePath().getParent());
			write(file, RehearsalReportJson.of(report, ReportDetail.FILE));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void write(Path file, String content) throws IOException {
		Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
		try {
			Files.writeString(temporary, content, StandardCharsets.UTF_8);
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

}
