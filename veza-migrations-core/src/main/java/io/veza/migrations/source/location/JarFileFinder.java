package io.veza.migrations.source.location;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * A finder of the SQL files in a folder of a jar and its sub-folders. It reads the list
 * of names of the jar once.
 */
final class JarFileFinder {

	private JarFileFinder() {
	}

	/**
	 * Find the files.
	 * @param folder the folder, with a slash at its end
	 * @param connection a connection to it
	 * @param shownAs the folder as people know it
	 * @return the files in no particular order
	 * @throws IOException if the jar cannot be read
	 */
	static List<LocatedFile> in(URL folder, JarURLConnection connection, String shownAs) throws IOException {
		JarFile jar = connection.getJarFile();
		try {
			return find(jar, connection.getEntryName(), folder, shownAs);
		}
		finally {
			if (!connection.getUseCaches()) {
				jar.close();
			}
		}
	}

	private static List<LocatedFile> find(JarFile jar, String folderName, URL folder, String shownAs) {
		List<LocatedFile> files = new ArrayList<>();
		Enumeration<JarEntry> entries = jar.entries();
		while (entries.hasMoreElements()) {
			String name = entries.nextElement().getName();
			if (name.startsWith(folderName) && LocatedFile.isSql(name)) {
				String below = name.substring(folderName.length());
				files.add(new LocatedFile(shownAs + "/" + below, new EntryContent(folder, below)));
			}
		}
		return files;
	}

	/**
	 * The content of an entry of a jar.
	 *
	 * @param folder a folder of the jar
	 * @param path the path from there
	 */
	private record EntryContent(URL folder, String path) implements LocatedFile.FileContent {

		@Override
		public InputStream getInputStream() throws IOException {
			String encoded = URLEncoder.encode(this.path, StandardCharsets.UTF_8)
				.replace("+", "%20")
				.replace("%2F", "/");
			return new URL(this.folder, encoded).openConnection().getInputStream();
		}

		@Override
		public String place() {
			return PatternFileFinder.decode(this.folder.toString()) + this.path;
		}

	}

}
