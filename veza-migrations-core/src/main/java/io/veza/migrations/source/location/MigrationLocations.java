package io.veza.migrations.source.location;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.veza.migrations.failure.InvalidMigrationsException.FileProblem;
import org.springframework.core.io.ContextResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * The configured locations, in which SQL files are found.
 */
public final class MigrationLocations {

	private final ResourcePatternResolver resources;

	private final List<MigrationLocation> locations;

	/**
	 * Create the locations.
	 * @param resources the resolver of locations
	 * @param locations the configured locations
	 * @throws IllegalArgumentException if one of them cannot be parsed
	 */
	public MigrationLocations(ResourcePatternResolver resources, List<String> locations) {
		this.resources = resources;
		this.locations = locations.stream().map(MigrationLocation::of).toList();
	}

	/**
	 * Find the files.
	 * @param problems the list to which the problems of the locations are added
	 * @return the files in no particular order
	 */
	public Collection<LocatedFile> find(List<FileProblem> problems) {
		DistinctLocatedFiles files = new DistinctLocatedFiles();
		for (MigrationLocation location : this.locations) {
			try {
				find(location).forEach(files::add);
			}
			catch (IOException | UncheckedIOException ex) {
				problems.add(problem(location, ex));
			}
		}
		return files.all();
	}

	private static FileProblem problem(MigrationLocation location, Exception ex) {
		String message = (ex instanceof UnusableLocationException) ? ex.getMessage()
				: "cannot be read: " + ex + ". Check that it exists and may be read.";
		return FileProblem.of(location.text(), "Location \"" + location.text() + "\" " + message);
	}

	private List<LocatedFile> find(MigrationLocation location) throws IOException {
		if (MigrationLocation.FILE.equals(location.prefix()) && location.path().isEmpty()) {
			throw new UnusableLocationException("names no folder. Name one, such as file:./migrations.");
		}
		if (location.isFolder()) {
			return findInFolder(
					this.resources.getResource(MigrationLocation.FILE + location.path() + "/").getFile().toPath());
		}
		if (location.isOnClasspath() && location.classpathRoot().isEmpty()) {
			throw new UnusableLocationException("names no folder. Name one, such as classpath:db/migrations.");
		}
		if (!location.isOnClasspath()
				&& this.resources.getResource(location.prefix() + location.path()) instanceof ContextResource) {
			throw new UnusableLocationException(
					"has a prefix that is not known here. Begin it with classpath: or file:.");
		}
		return location.isOnClasspath() && !location.hasWildcard() ? findOnClasspath(location)
				: new PatternFileFinder(this.resources).in(location);
	}

	private static List<LocatedFile> findInFolder(Path folder) throws IOException {
		if (!Files.exists(folder)) {
			throw new UnusableLocationException(
					"does not exist. Create the folder, or correct veza.migrations.locations.");
		}
		if (!Files.isDirectory(folder)) {
			throw new UnusableLocationException("is not a folder. Name the folder that holds the migration files.");
		}
		return FolderFileFinder.in(folder, folder.toString().replace(File.separatorChar, '/'));
	}

	/**
	 * Find the files below all roots of the class path. Folders and jars are read here,
	 * because Spring would look at each file by a URL of its own.
	 */
	private List<LocatedFile> findOnClasspath(MigrationLocation location) throws IOException {
		List<LocatedFile> files = new ArrayList<>();
		Resource[] folders = this.resources.getResources(location.classpathFolder());
		for (Resource folder : folders) {
			URL url = folder.getURL();
			if (MigrationLocation.FILE.startsWith(url.getProtocol())) {
				files.addAll(FolderFileFinder.in(folder.getFile().toPath(), location.classpathRoot()));
			}
			else if (url.openConnection() instanceof JarURLConnection connection) {
				files.addAll(JarFileFinder.in(url, connection, location.classpathRoot()));
			}
			else {
				return new PatternFileFinder(this.resources).in(location);
			}
		}
		return (folders.length > 0) ? files : new PatternFileFinder(this.resources).in(location);
	}

	/**
	 * A failure of a location that can be parsed but not used.
	 */
	@SuppressWarnings("serial")
	private static final class UnusableLocationException extends IOException {

		private UnusableLocationException(String message) {
			super(message);
		}

	}

}
