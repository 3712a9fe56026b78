package io.veza.migrations.source;

import java.util.List;
import java.util.Set;

import io.veza.migrations.Migration;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.MigrationSection;

/**
 * A source of migrations.
 */
public interface MigrationSource {

	/**
	 * Read all migration files and check them against every rule for names and content.
	 * @return the migrations in the order of their versions, each version once
	 * @throws io.veza.migrations.failure.InvalidMigrationsException with everything that
	 * is wrong
	 */
	List<Migration> load();

	/**
	 * Read the migration files, of which some were checked before they were applied.
	 * @param applied the checksums of files that were applied, whose content may be read
	 * when it is first asked for
	 * @return the migrations in the order of their versions, each version once
	 * @throws io.veza.migrations.failure.InvalidMigrationsException with everything that
	 * is wrong with the others
	 */
	default List<Migration> load(Set<Checksum> applied) {
		return load();
	}

	/**
	 * Read a DOWN that was stored with its history row.
	 * @param sql the text of the section, without the line that marks its beginning
	 * @param label the name of it in messages
	 * @return the section
	 * @throws io.veza.migrations.failure.InvalidMigrationsException if it breaks the
	 * rules
	 */
	MigrationSection parseDown(String sql, String label);

}
