package io.veza.migrations.source.location;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.springframework.core.io.InputStreamSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * A finder of the SQL files of a location by a pattern of Spring, which works for every
 * kind of location.
 */
final class PatternFileFinder {

	/** A percent sign that does not encode a character. */
	private static final Pattern PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");

	private final ResourcePatternResolver resources;

	PatternFileFinder(ResourcePatternResolver resources) {
		this.resources = resources;
	}

	/**
	 * Find the files.
	 * @param location the location
	 * @return the files in no particular order
	 * @throws IOException if the location cannot be read
	 */
	List<LocatedFile> in(MigrationLocation location) throws IOException {
		List<LocatedFile> files = new ArrayList<>();
		for (Resource resource : this.resources.getResources(location.pattern())) {
			LocatedFile file = new LocatedFile(path(resource, location),
					new ResourceContent(resource, readable(resource)));
			if (LocatedFile.isSql(file.name()) && !isFolder(resource)) {
				files.add(file);
			}
		}
		return files;
	}

	private static boolean isFolder(Resource resource) throws IOException {
		return resource.isFile() && resource.getFile().isDirectory();
	}

	private static String path(Resource resource, MigrationLocation location) throws IOException {
		String path = resource.isFile() ? resource.getFile().getPath().replace(File.separatorChar, '/')
				: decode(resource.getURL().toString());
		String root = location.classpathRoot() + "/";
		int index = location.isOnClasspath() ? path.lastIndexOf("/" + root) + 1 : 0;
		return path.substring((index > 0) ? index : path.lastIndexOf("!/") + 1);
	}

	/**
	 * Return a source that can be read even if its name contains a percent sign: Spring
	 * puts the names of a jar's entries into its URLs as they are.
	 */
	private InputStreamSource readable(Resource resource) throws IOException {
		String url = resource.isFile() ? "" : resource.getURL().toString();
		String encoded = encodePercent(url);
		return encoded.equals(url) ? resource : this.resources.getResource(encoded);
	}

	private static String encodePercent(String url) {
		return PERCENT.matcher(url).replaceAll("%25");
	}

	static String decode(String url) {
		return URLDecoder.decode(encodePercent(url).replace("+", "%2B"), StandardCharsets.UTF_8);
	}

	/**
	 * The content of a resource.
	 *
	 * @param resource the resource as it was found
	 * @param input the resource as it can be read
	 */
	private record ResourceContent(Resource resource, InputStreamSource input) implements LocatedFile.FileContent {

		@Override
		public InputStream getInputStream() throws IOException {
			return this.input.getInputStream();
		}

		@Override
		public String place() {
			try {
				return this.resource.isFile() ? FolderFileFinder.realPath(this.resource.getFile().toPath())
						: decode(this.resource.getURL().toString());
			}
			catch (IOException ex) {
				return this.resource.getDescription();
			}
		}

	}

}
