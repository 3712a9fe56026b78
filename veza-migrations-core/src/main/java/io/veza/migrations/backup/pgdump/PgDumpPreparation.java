package io.veza.migrations.backup.pgdump;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

import io.veza.migrations.backup.pgdump.PgDumpOptions.Format;
import io.veza.migrations.backup.pgdump.PgDumpOptions.Scope;
import io.veza.migrations.failure.BackupFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Checks everything that {@code pg_dump} needs, and changes nothing.
 */
final class PgDumpPreparation {

	private final PgDumpOptions options;

	private final PgDumpTarget target;

	private final @Nullable String searchPath;

	PgDumpPreparation(PgDumpOptions options, PgDumpTarget target, @Nullable String searchPath) {
		this.options = options;
		this.target = target;
		this.searchPath = searchPath;
	}

	/**
	 * Return the directory that the files go to.
	 * @return the directory, which may not exist
	 */
	PgDumpFolder folder() {
		return new PgDumpFolder(this.options.directory().toAbsolutePath().normalize());
	}

	/**
	 * Check everything.
	 * @param connection a connection to the database, in autocommit mode
	 * @param request what to write
	 * @param process runs programs
	 * @return what is to be run
	 * @throws BackupFailedException if something is in the way
	 */
	PgDumpJob prepare(Connection connection, PgDumpRequest request, PgDumpProcess process) {
		requireNoTransaction(connection);
		PgDumpPeer peer = PgDumpPeer.of(connection);
		requireNoPooler(peer);
		PgDumpLogin login = PgDumpLogin.of(this.target, peer);
		PgDumpProgram program = PgDumpProgram.find(this.options.command(), this.searchPath, process);
		program.requireNotOlderThan(peer);
		Path restore = (this.options.format() == Format.CUSTOM) ? program.restore(this.searchPath) : null;
		boolean whole = this.options.scope() == Scope.ALL || request.tables().isEmpty();
		PgDumpTables tables = PgDumpTables.find(connection, request.tables(), whole);
		folder().requireRoom(tables.bytes());
		return new PgDumpJob(program, restore, login, this.target.role(), tables, whole);
	}

	private static void requireNoTransaction(Connection connection) {
		try {
			if (!connection.getAutoCommit()) {
				throw new IllegalStateException("pg_dump would wait for the locks of this connection's transaction");
			}
		}
		catch (SQLException ex) {
			throw new BackupFailedException("The connection is closed.", "Try again.", ex);
		}
	}

	/** The settings that the program makes would stay in the sessions of others. */
	private static void requireNoPooler(PgDumpPeer peer) {
		if (peer.pooled()) {
			throw new BackupFailedException(
					"The connection leads through a pooler, and pg_dump must not share its session with others.",
					"Set veza.migrations.url to a direct connection to the server, "
							+ "or choose another veza.migrations.backup.mode.",
					null);
		}
	}

}
