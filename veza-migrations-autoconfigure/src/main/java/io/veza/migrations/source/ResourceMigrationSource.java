package io.veza.migrations.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.support.ResourcePatternResolver;

import io.veza.migrations.InvalidMigrationsException;
import io.veza.migrations.InvalidMigrationsException.FileProblem;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationSection;
import io.veza.migrations.MigrationVersion;

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
		List<FileProblem> problems = new ArrayList<>();
		List<Migration> migrations = new ArrayList<>();
		Map<MigrationVersion, LocatedFile> versions = new HashMap<>();
		ParseBuffers buffers = new ParseBuffers();
		for (MigrationFile file : MigrationFile.sorted(this.locations.find(problems), problems)) {
			LocatedFile other = versions.putIfAbsent(file.name().version(), file.file());
			if (other != null) {
				problems.add(file.sameVersionAs(other));
			}
			file.parse(buffers, problems).ifPresent(migrations::add);
		}
		if (!problems.isEmpty()) {
			throw new InvalidMigrationsException(problems);
		}
		return List.copyOf(migrations);
	}

	@Override
	public MigrationSection parseDown(String sql, String label) {
		return new StoredDown(sql, label).parse();
	}

}
