package io.veza.migrations.source.location;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A finder of the SQL files in a folder of the file system and its sub-folders. It
 * follows symbolic links, and recognizes a file by its name without opening it.
 */
final class FolderFileFinder {

	private final List<LocatedFile> files = new ArrayList<>();

	/** The folders that are being searched, without symbolic links. */
	private final Deque<Path> open = new ArrayDeque<>();

	private FolderFileFinder() {
	}

	/**
	 * Find the files.
	 * @param folder the folder
	 * @param shownAs the folder as people know it
	 * @return the files in no particular order
	 * @throws IOException if the folder cannot be read
	 */
	static List<LocatedFile> in(Path folder, String shownAs) throws IOException {
		FolderFileFinder search = new FolderFileFinder();
		search.search(folder, shownAs + "/");
		return search.files;
	}

	private void search(Path folder, String shownAs) throws IOException {
		Path real = folder.toRealPath();
		if (this.open.contains(real)) {
			throw new FileSystemLoopException(folder.toString());
		}
		this.open.push(real);
		try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
			for (Path path : paths) {
				add(path, shownAs + path.getFileName());
			}
		}
		catch (DirectoryIteratorException ex) {
			throw ex.getCause();
		}
		this.open.pop();
	}

	private void add(Path path, String shownAs) throws IOException {
		if (LocatedFile.isSql(shownAs)) {
			this.files.add(new LocatedFile(shownAs, new PathContent(path)));
		}
		else if (Files.isDirectory(path)) {
			search(path, shownAs + "/");
		}
	}

	/**
	 * Return the real place of a file.
	 * @param path the file
	 * @return the path without symbolic links, or with them if they lead nowhere
	 */
	static String realPath(Path path) {
		try {
			return path.toRealPath().toString();
		}
		catch (IOException ex) {
			return path.toAbsolutePath().toString();
		}
	}

	/**
	 * The content of a file of the file system.
	 *
	 * @param path the file
	 */
	private record PathContent(Path path) implements LocatedFile.FileContent {

		@Override
		public InputStream getInputStream() throws IOException {
			try {
				// takes less than Files.newInputStream, which a thousand small files feel
				return new FileInputStream(this.path.toFile());
			}
			catch (FileNotFoundException ex) {
				// a name that the locale of the process cannot write, or no such file
				return Files.newInputStream(this.path);
			}
		}

		@Override
		public String place() {
			return realPath(this.path);
		}

	}

}
