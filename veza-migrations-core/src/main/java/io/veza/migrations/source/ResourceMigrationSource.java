package io.veza.migrations.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.support.ResourcePatternResolver;

import io.veza.migrations.Checksum;
import io.veza.migrations.InvalidMigrationsException.FileProblem;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationSection;

/**
 * Migration files in locations as Spring knows them. Files are read as streams: what is
 * held in memory does not grow with them.
 */
public final class ResourceMigrationSource implements MigrationSource {

	private final Locations locations;

	/**
	 * Create a new instance.
	 * @param resources what resolves the locations
	 * @param locations the locations, such as {@code classpath:db/migrations}
	 */
	public ResourceMigrationSource(ResourcePatternResolver resources, List<String> locations) {
		this.locations = new Locations(resources, locations);
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
	public FoundMigrations find() {
		return find(true);
	}

	private FoundMigrations find(boolean digested) {
		List<FileProblem> problems = new ArrayList<>();
		List<MigrationFile> files = MigrationFile.sorted(this.locations.find(problems), problems);
		return FoundMigrations.of(files, problems, digested);
	}

	@Override
	public MigrationSection parseDown(String sql, String label) {
		return new StoredDown(sql, label).parse();
	}

}
