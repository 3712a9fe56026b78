package io.veza.migrations.benchmarks.probe.raw;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A migration file, read with as little effort as possible: a version, an underscore and
 * a description in the name; an UP and a DOWN; no semicolon inside of statements.
 *
 * @param version the version
 * @param description the rest of the name
 * @param checksum the digest of the file
 * @param up the SQL of the UP
 */
record RawMigration(String version, String description, String checksum, String up) {

	private static final String UP = "-- UP\n";

	private static final String DOWN = "-- DOWN\n";

	static List<RawMigration> in(Path folder) throws IOException {
		List<Path> files;
		try (Stream<Path> list = Files.list(folder)) {
			files = list.sorted().toList();
		}
		MessageDigest digest = sha256();
		List<RawMigration> migrations = new ArrayList<>(files.size());
		for (Path file : files) {
			migrations.add(read(file, digest));
		}
		return migrations;
	}

	private static RawMigration read(Path file, MessageDigest digest) throws IOException {
		String name = file.getFileName().toString();
		int underscore = name.indexOf('_');
		byte[] bytes = Files.readAllBytes(file);
		String content = new String(bytes, StandardCharsets.UTF_8);
		return new RawMigration(name.substring(0, underscore),
				name.substring(underscore + 1, name.length() - ".sql".length()),
				HexFormat.of().formatHex(digest.digest(bytes)),
				content.substring(content.indexOf(UP) + UP.length(), content.indexOf(DOWN)).strip());
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The statements one by one. */
	List<String> statements() {
		return Stream.of(this.up.split(";")).map(String::strip).toList();
	}

	/** What records that it was applied. */
	String insert() {
		return RawHistory.INSERT.formatted(this.version, this.description, this.checksum);
	}

}
