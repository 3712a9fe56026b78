package io.veza.migrations.autoconfigure.command.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import io.veza.migrations.autoconfigure.command.InvalidCommandException;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * A finder of the files with which a rehearsal begins.
 */
final class RehearsalFixtures {

	private final ResourcePatternResolver resources;

	RehearsalFixtures(ResourcePatternResolver resources) {
		this.resources = resources;
	}

	Resource schemaDump(String location) {
		Resource resource = this.resources.getResource(location);
		require(resource.isReadable(), "schema-dump", "\"" + location
				+ "\" cannot be read. Write it with pg_dump --schema-only, or name the file that it is.");
		return resource;
	}

	/**
	 * Return the files of fixtures.
	 * @param locations the locations, which may be patterns
	 * @return the files in the order of the locations, those of a pattern by their place
	 */
	List<Resource> fixtures(List<String> locations) {
		return locations.stream().flatMap((location) -> find(location).stream()).toList();
	}

	private List<Resource> find(String location) {
		try {
			List<Resource> found = Arrays.stream(this.resources.getResources(location))
				.filter(Resource::isReadable)
				.sorted(Comparator.comparing(RehearsalFixtures::place))
				.toList();
			require(!found.isEmpty(), "fixtures",
					"\"" + location + "\" names no file that can be read. Remove it, or name an SQL file.");
			return found;
		}
		catch (IOException ex) {
			throw new InvalidCommandException(RehearsalProperties.PREFIX + ".fixtures: \"" + location
					+ "\" cannot be looked for (" + ex.getMessage() + "). Name an SQL file, or a pattern of them.");
		}
	}

	private static void require(boolean expression, String property, String message) {
		if (!expression) {
			throw new InvalidCommandException(RehearsalProperties.PREFIX + "." + property + ": " + message);
		}
	}

	private static String place(Resource resource) {
		try {
			return resource.getURL().toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
