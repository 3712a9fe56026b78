package io.veza.migrations.backup.pgdump;

import java.io.File;
import java.io.IOException;
import java.sql.Connection;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

import io.veza.migrations.Backup;
import io.veza.migrations.BackupMode;
import io.veza.migrations.CancellationToken;
import io.veza.migrations.failure.BackupFailedException;

/**
 * Keeps what a rollback destroys in a file that {@code pg_dump} writes. No transaction of
 * ours may be open meanwhile: the program waits for its locks.
 */
public final class PgDumpBackup {

	private final PgDumpOptions options;

	private final Clock clock;

	private final Map<String, String> environment;

	private final PgDumpPreparation preparation;

	/**
	 * Create a new instance.
	 * @param options how to write
	 * @param target the database
	 * @param clock gives the time, and the zone of the time in the names of files
	 */
	public PgDumpBackup(PgDumpOptions options, PgDumpTarget target, Clock clock) {
		this(options, target, clock, System.getenv());
	}

	PgDumpBackup(PgDumpOptions options, PgDumpTarget target, Clock clock, Map<String, String> environment) {
		this.options = options;
		this.clock = clock;
		this.environment = Map.copyOf(environment);
		this.preparation = new PgDumpPreparation(options, target, environment.get("PATH"));
	}

	/**
	 * Check what would be written, and whether anything would prevent it. Neither a file
	 * nor a directory is created.
	 * @param connection a connection to the database, in autocommit mode
	 * @param request what to write
	 * @return what would happen
	 */
	public PgDumpCheck check(Connection connection, PgDumpRequest request) {
		try {
			PgDumpJob job = this.preparation.prepare(connection, request,
					new PgDumpProcess(this.clock, new CancellationToken()));
			return new PgDumpCheck(description(job, request), job.tables().bytes(), null);
		}
		catch (BackupFailedException ex) {
			return PgDumpCheck.failed(ex);
		}
	}

	/**
	 * Write a file and make sure that it is complete.
	 * @param connection a connection to the database, in autocommit mode
	 * @param request what to write
	 * @param cancellation the wish to end early
	 * @return what was written
	 * @throws BackupFailedException if there is no such file now
	 */
	public Backup write(Connection connection, PgDumpRequest request, CancellationToken cancellation) {
		PgDumpProcess process = new PgDumpProcess(this.clock, cancellation);
		PgDumpJob job = this.preparation.prepare(connection, request, process);
		PgDumpFile file = this.preparation.folder()
			.create(ZonedDateTime.now(this.clock), request.versions(), this.options.format());
		Backup backup = write(job, file, request, process);
		if (this.options.retention() != null) {
			new PgDumpRetention(this.options.retention(), this.clock).deleteOlder(file.path());
		}
		return backup;
	}

	private Backup write(PgDumpJob job, PgDumpFile file, PgDumpRequest request, PgDumpProcess process) {
		try {
			String sha256 = new PgDumpWriter(this.options, process, job.login().secret(this.environment)).write(job,
					file);
			List<Backup.Kept> kept = request.losses()
				.stream()
				.map((loss) -> new Backup.Kept(loss, null, null))
				.toList();
			return new Backup(BackupMode.PG_DUMP, file.path().toString(), kept, file.complete(), sha256);
		}
		catch (IOException ex) {
			throw new BackupFailedException("The backup \"" + file.path() + "\" could not be given its name ("
					+ ex.getClass().getSimpleName() + ": " + ex.getMessage() + ").", "Check the disk.", ex);
		}
		finally {
			file.discard();
		}
	}

	private String description(PgDumpJob job, PgDumpRequest request) {
		String name = PgDumpFileName.of("<time>", request.versions(), this.options.format());
		return "pg_dump " + job.program().version() + " writes " + job.subject() + ", about "
				+ PgDumpSize.text(job.tables().bytes()) + ", to \"" + this.preparation.folder().path() + File.separator
				+ name + "\". It ends before the rollback begins: rows that are written in between are not in it.";
	}

}
