package io.veza.migrations.source.format;

import java.util.Collection;
import java.util.List;

import io.veza.migrations.failure.InvalidMigrationsException.FileProblem;
import io.veza.migrations.source.location.LocatedFile;

/**
 * A format of migration files: the rules for their names and for their content.
 */
public interface MigrationFileFormat {

	/**
	 * Find the migrations by the names of files; none of them is read.
	 * @param files the SQL files of all locations, in no particular order
	 * @param problems the list to which files with other names are added
	 * @return the migration files in the order of their versions
	 */
	List<MigrationFile> recognize(Collection<LocatedFile> files, List<FileProblem> problems);

}
