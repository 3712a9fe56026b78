package io.veza.migrations.backup.pgdump;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.veza.migrations.backup.pgdump.PgDumpOptions.Format;
import io.veza.migrations.failure.BackupFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@code pg_dump} write a file, and reads it again.
 */
final class PgDumpWriter {

	private final Format format;

	private final @Nullable Duration timeout;

	private final PgDumpProcess process;

	private final @Nullable String secret;

	/**
	 * Create a new instance.
	 * @param options how to write
	 * @param process runs programs
	 * @param secret what must never be shown, {@code null} if there is nothing
	 */
	PgDumpWriter(PgDumpOptions options, PgDumpProcess process, @Nullable String secret) {
		this.format = options.format();
		this.timeout = options.timeout();
		this.process = process;
		this.secret = secret;
	}

	/**
	 * Write a file and make sure that it is complete.
	 * @param job what to run
	 * @param file the file
	 * @return the SHA-256 of it in hexadecimal digits
	 * @throws BackupFailedException if it is not complete
	 */
	String write(PgDumpJob job, PgDumpFile file) {
		run(job, "could not write the backup", job.command(this.format, file.partial()), job.variables(),
				OutputStream.nullOutputStream());
		PgDumpContent content = new PgDumpContent(job.entries());
		String sha256 = read(job, file, content);
		requireComplete(job, content);
		return sha256;
	}

	private String read(PgDumpJob job, PgDumpFile file, PgDumpContent content) {
		try {
			Path restore = job.restore();
			if (restore == null) {
				return file.read(content);
			}
			// all of it, so that a file that cannot be restored is noticed now
			run(job, "wrote a backup that pg_restore cannot read",
					List.of(restore.toString(), "--verbose", "--file=-", file.partial().toString()), Map.of(), content);
			return file.read(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			throw new BackupFailedException(
					"The backup \"" + file.partial() + "\" could not be read again (" + ex.getMessage() + ").",
					"Check the disk.", ex);
		}
	}

	private void run(PgDumpJob job, String problem, List<String> command, Map<String, String> variables,
			OutputStream output) {
		PgDumpProcess.ProcessOutcome outcome = this.process.run(command, variables, this.timeout, output);
		if (outcome.exitCode() != 0) {
			String errors = scrub(outcome.errors());
			throw new BackupFailedException("The program \"" + job.program().path() + "\" " + problem + " (exit code "
					+ outcome.exitCode() + "): " + PgDumpAdvice.quote(errors) + ".", PgDumpAdvice.of(errors), null);
		}
	}

	private static void requireComplete(PgDumpJob job, PgDumpContent content) {
		if (!content.isComplete()) {
			throw new BackupFailedException(
					"The program \"" + job.program().path() + "\" wrote a backup that does not end as it should.",
					"Check the program and the disk.", null);
		}
		Set<String> missing = content.missing();
		if (!missing.isEmpty()) {
			throw new BackupFailedException(
					"The program \"" + job.program().path() + "\" wrote a backup without " + job.names(missing) + ".",
					"Check that the program reaches the same database, and that no extension owns the table, "
							+ "or choose another veza.migrations.backup.mode.",
					null);
		}
	}

	private String scrub(String text) {
		return (this.secret == null || this.secret.isEmpty()) ? text : text.replace(this.secret, "***");
	}

}
