package io.veza.migrations.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.veza.migrations.Migration;
import io.veza.migrations.failure.InvalidMigrationsException.FileProblem;
import io.veza.migrations.source.format.MigrationFile;
import io.veza.migrations.source.format.MigrationFileFormat;
import io.veza.migrations.source.location.MigrationLocations;
import io.veza.migrations.source.sections.SectionedMigrationFormat;
import io.veza.migrations.source.sections.StoredDownSection;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.MigrationSection;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * A source that reads migration files from locations as Spring knows them. Files are read
 * as streams, so that the memory needed does not grow with their size.
 */
public final class ResourceMigrationSource implements MigrationSource {

	private final MigrationLocations locations;

	private final MigrationFileFormat format;

	/**
	 * Create a new instance.
	 * @param resources the resolver of locations
	 * @param locations the locations, such as {@code classpath:db/migrations}
	 */
	public ResourceMigrationSource(ResourcePatternResolver resources, List<String> locations) {
		this(resources, locations, new SectionedMigrationFormat());
	}

	ResourceMigrationSource(ResourcePatternResolver resources, List<String> locations, MigrationFileFormat format) {
		this.locations = new MigrationLocations(resources, locations);
		this.format = format;
	}

	@Override
	public List<Migration> load() {
		return find(false).load(Set.of());
	}

	@Override
	public List<Migration> load(Set<Checksum> applied) {
		return find(!applied.isEmpty()).load(applied);
	}

	/**
	 * Find the files and read them as far as it takes to know their checksums.
	 * @return the files
	 */
	DiscoveredMigrations find() {
		return find(true);
	}

	private DiscoveredMigrations find(boolean digested) {
		List<FileProblem> problems = new ArrayList<>();
		List<MigrationFile> files = this.format.recognize(this.locations.find(problems), problems);
		return DiscoveredMigrations.of(files, problems, digested);
	}

	@Override
	public MigrationSection parseDown(String sql, String label) {
		return new StoredDownSection(sql, label).parse();
	}

}
