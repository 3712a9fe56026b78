package io.veza.migrations.backup.pgdump;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The options of a backup that the {@code pg_dump} program writes before a rollback.
 *
 * @param command the name of the program, to be found on the PATH, or its path
 * @param directory where the files go
 * @param format the format of the files
 * @param scope what is written
 * @param timeout how long the program may run, {@code null} for as long as it takes
 * @param retention how long a file is kept, {@code null} for ever
 * @since 0.1.0
 */
public record PgDumpOptions(String command, Path directory, Format format, Scope scope, @Nullable Duration timeout,
		@Nullable Duration retention) {

	/**
	 * Return the options of an application that configures nothing.
	 * @return the defaults
	 */
	public static PgDumpOptions defaults() {
		return new PgDumpOptions("pg_dump", Path.of("backups"), Format.PLAIN, Scope.TABLES, Duration.ofHours(1), null);
	}

	/**
	 * The format of a file.
	 */
	public enum Format {

		/** SQL, for {@code psql}. */
		PLAIN("sql"),

		/** Compressed, for {@code pg_restore}. */
		CUSTOM("dump");

		private final String extension;

		Format(String extension) {
			this.extension = extension;
		}

		/**
		 * Return how the names of its files end.
		 * @return the extension, without the dot
		 */
		String extension() {
			return this.extension;
		}

		/**
		 * Return its name for {@code pg_dump}.
		 * @return the lower-case name
		 */
		String id() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * The content of a dump.
	 */
	public enum Scope {

		/** The tables in which something is destroyed. */
		TABLES,

		/** The whole database. */
		ALL

	}

}
