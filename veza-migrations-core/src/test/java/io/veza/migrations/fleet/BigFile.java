package io.veza.migrations.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

import io.veza.migrations.testsupport.MigrationFolder;

/**
 * A migration file that is larger than the memory of who runs it. Its rows go to a table
 * {@code message}.
 */
final class BigFile {

	private static final String BODY = "All work and no play makes Jack a dull boy. ".repeat(4);

	private final Path path;

	private final int rows;

	private BigFile(Path path, int rows) {
		this.path = path;
		this.rows = rows;
	}

	/**
	 * Prepare a file.
	 * @param folder where
	 * @param name its name
	 * @param megabytes about how large it will be
	 * @return the file
	 */
	static BigFile in(MigrationFolder folder, String name, int megabytes) {
		return new BigFile(folder.path().resolve(name), megabytes * (1_000_000 / BODY.length()));
	}

	int rows() {
		return this.rows;
	}

	void writeUpWithInserts() {
		write("-- UP\nCREATE TABLE message (id int, body text);\n", "INSERT INTO message VALUES (%d, '%s');\n",
				"-- DOWN\nDROP TABLE message;\n");
	}

	void writeUpWithCopy() {
		write("-- UP\nCREATE TABLE message (id int, body text);\nCOPY message FROM STDIN;\n", "%d\t%s\n",
				"\\.\n-- DOWN\nDROP TABLE message;\n");
	}

	void writeDownWithInserts() {
		write("-- UP\nCREATE TABLE message (id int, body text);\n-- DOWN\n", "INSERT INTO message VALUES (%d, '%s');\n",
				"");
	}

	private void write(String head, String row, String tail) {
		try (Writer writer = Files.newBufferedWriter(this.path)) {
			writer.write(head);
			for (int id = 1; id <= this.rows; id++) {
				writer.write(row.formatted(id, BODY));
			}
			writer.write(tail);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
