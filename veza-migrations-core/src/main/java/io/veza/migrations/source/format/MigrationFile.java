package io.veza.migrations.source.format;

import java.util.List;
import java.util.Optional;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.failure.InvalidMigrationsException.FileProblem;
import io.veza.migrations.source.location.LocatedFile;
import io.veza.migrations.source.text.FileParseBuffers;
import io.veza.migrations.source.text.FileReadBuffers;
import io.veza.migrations.sql.Checksum;

/**
 * A file whose name says that it holds a migration, and which is read by the rules of its
 * format.
 */
public interface MigrationFile {

	/**
	 * Return the version that the name gives.
	 * @return the version
	 */
	MigrationVersion version();

	/**
	 * Return the file by which messages name the migration.
	 * @return the file
	 */
	LocatedFile file();

	/**
	 * Read the file as far as it takes to know its checksum.
	 * @param buffers the buffers to read it with
	 * @return the checksum, empty if the file cannot be read
	 */
	Optional<Checksum> digest(FileReadBuffers buffers);

	/**
	 * Read the file and check it.
	 * @param buffers the buffers to read it with
	 * @param problems the list to which its problems are added
	 * @return the migration, or empty if something is wrong
	 */
	Optional<Migration> parse(FileParseBuffers buffers, List<FileProblem> problems);

	/**
	 * Return the migration without having checked the file.
	 * @param checksum the checksum of the file
	 * @return the migration, whose content is read when it is first asked for
	 */
	Migration unread(Checksum checksum);

}
