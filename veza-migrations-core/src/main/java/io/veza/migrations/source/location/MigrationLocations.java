package io.veza.migrations.source;

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

import org.springframework.core.io.ContextResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

import io.veza.migrations.InvalidMigrationsException.FileProblem;

/**
 * Finds the SQL files of all locations, each file once.
 */
final class Locations {

	private final ResourcePatternResolver resources;

	private final List<Location> locations;

	Locations(ResourcePatternResolver resources, List<String> locations) {
		this.resources = resources;
		this.locations = locations.stream().map(Location::of).toList();
	}

	/**
	 * Find the files.
	 * @param problems where to add what is wrong with the locations
	 * @return the files in no particular order
	 */
	Collection<LocatedFile> find(List<FileProblem> problems) {
		FoundFiles files = new FoundFiles();
		for (Location location : this.locations) {
			try {
				find(location).forEach(files::add);
			}
			catch (IOException | UncheckedIOException ex) {
				problems.add(problem(location, ex));
			}
		}
		return files.all();
	}

	private static FileProblem problem(Location location, Exception ex) {
		String message = (ex instanceof UnusableLocationException) ? ex.getMessage()
				: "cannot be read: " + ex + ". Check that it exists and may be read.";
		return FileProblem.of(location.text(), "Location \"" + location.text() + "\" " + message);
	}

	private List<LocatedFile> find(Location location) throws IOException {
		if (Location.FILE.equals(location.prefix()) && location.path().isEmpty()) {
			throw new UnusableLocationException("names no folder. Name one, such as file:./migrations.");
		}
		if (location.isFolder()) {
			return findInFolder(this.resources.getResource(Location.FILE + location.path() + "/").getFile().toPath());
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
				: new PatternFiles(this.resources).in(location);
	}

	private static List<LocatedFile> findInFolder(Path folder) throws IOException {
		if (!Files.exists(folder)) {
			throw new UnusableLocationException(
					"does not exist. Create the folder, or correct veza.migrations.locations.");
		}
		if (!Files.isDirectory(folder)) {
			throw new UnusableLocationException("is not a folder. Name the folder that holds the migration files.");
		}
		return FolderFiles.in(folder, folder.toString().replace(File.separatorChar, '/'));
	}

	/**
	 * Find the files below all roots of the class path. Folders and jars are read here,
	 * because Spring would look at each file by a URL of its own.
	 */
	private List<LocatedFile> findOnClasspath(Location location) throws IOException {
		List<LocatedFile> files = new ArrayList<>();
		Resource[] folders = this.resources.getResources(location.classpathFolder());
		for (Resource folder : folders) {
			URL url = folder.getURL();
			if (Location.FILE.startsWith(url.getProtocol())) {
				files.addAll(FolderFiles.in(folder.getFile().toPath(), location.classpathRoot()));
			}
			else if (url.openConnection() instanceof JarURLConnection connection) {
				files.addAll(JarFiles.in(url, connection, location.classpathRoot()));
			}
			else {
				return new PatternFiles(this.resources).in(location);
			}
		}
		return (folders.length > 0) ? files : new PatternFiles(this.resources).in(location);
	}

	/**
	 * A location that can be understood but not used.
	 */
	@SuppressWarnings("serial")
	private static final class UnusableLocationException extends IOException {

		private UnusableLocationException(String message) {
			super(message);
		}

	}

}
