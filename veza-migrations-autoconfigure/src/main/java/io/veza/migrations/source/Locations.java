package io.veza.migrations.source;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.core.io.ContextResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

import io.veza.migrations.InvalidMigrationsException.FileProblem;

/**
 * Finds the SQL files of all locations, each file once.
 */
final class Locations {

	/** A percent sign that does not encode a character. */
	private static final Pattern PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");

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
		Map<String, LocatedFile> files = new LinkedHashMap<>();
		for (Location location : this.locations) {
			try {
				for (LocatedFile file : find(location)) {
					files.merge(identity(file), file, Locations::nearer);
				}
			}
			catch (IOException | UncheckedIOException ex) {
				problems.add(problem(location, ex));
			}
		}
		return files.values();
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
			return walk(this.resources.getResource(Location.FILE + location.path() + "/").getFile().toPath());
		}
		if (location.isOnClasspath() && location.classpathRoot().isEmpty()) {
			throw new UnusableLocationException("names no folder. Name one, such as classpath:db/migrations.");
		}
		if (!location.isOnClasspath()
				&& this.resources.getResource(location.prefix() + location.path()) instanceof ContextResource) {
			throw new UnusableLocationException(
					"has a prefix that is not known here. Begin it with classpath: or file:.");
		}
		List<LocatedFile> files = new ArrayList<>();
		for (Resource resource : this.resources.getResources(location.pattern())) {
			LocatedFile file = new LocatedFile(path(resource, location), readable(resource));
			if (FileName.isSql(file.name()) && !isFolder(resource)) {
				files.add(file);
			}
		}
		return files;
	}

	private static List<LocatedFile> walk(Path folder) throws IOException {
		if (!Files.exists(folder)) {
			throw new UnusableLocationException(
					"does not exist. Create the folder, or correct veza.migrations.locations.");
		}
		if (!Files.isDirectory(folder)) {
			throw new UnusableLocationException("is not a folder. Name the folder that holds the migration files.");
		}
		try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
			return paths.filter((path) -> FileName.isSql(path.toString()) && !Files.isDirectory(path))
				.map((path) -> new LocatedFile(slashed(path.toString()), new FileSystemResource(path)))
				.toList();
		}
	}

	private static boolean isFolder(Resource resource) throws IOException {
		return resource.isFile() && resource.getFile().isDirectory();
	}

	/**
	 * Return what two places of one file have in common: the file that a symbolic link
	 * leads to (a mounted ConfigMap shows each file three times) and its name, or the
	 * URL.
	 */
	private static String identity(LocatedFile file) throws IOException {
		if (!file.resource().isFile()) {
			return file.resource().getURL().toString();
		}
		Path path = file.resource().getFile().toPath();
		return (Files.exists(path) ? path.toRealPath() : path.toAbsolutePath()) + ":" + file.name();
	}

	private static LocatedFile nearer(LocatedFile one, LocatedFile other) {
		return (other.path().length() < one.path().length()) ? other : one;
	}

	private static String path(Resource resource, Location location) throws IOException {
		String path = resource.isFile() ? slashed(resource.getFile().getPath()) : decode(resource.getURL().toString());
		String root = location.classpathRoot() + "/";
		int index = location.isOnClasspath() ? path.lastIndexOf("/" + root) + 1 : 0;
		return path.substring((index > 0) ? index : path.lastIndexOf("!/") + 1);
	}

	/**
	 * Return a resource that can be read although its name holds a percent sign: Spring
	 * puts the names of a jar's entries into its URLs as they are.
	 */
	private Resource readable(Resource resource) throws IOException {
		String url = resource.isFile() ? "" : resource.getURL().toString();
		String encoded = encodePercent(url);
		return encoded.equals(url) ? resource : this.resources.getResource(encoded);
	}

	private static String encodePercent(String url) {
		return PERCENT.matcher(url).replaceAll("%25");
	}

	private static String decode(String url) {
		return URLDecoder.decode(encodePercent(url).replace("+", "%2B"), StandardCharsets.UTF_8);
	}

	private static String slashed(String path) {
		return path.replace(File.separatorChar, '/');
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
