package io.veza.migrations.backup.pgdump;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A shell script in the place of a program of PostgreSQL.
 */
final class FakeProgram {

	/** Finds the file that is to be written. */
	private static final String HEAD = """
			#!/bin/sh
			for argument in "$@"; do
				case "$argument" in --file=*) file="${argument#--file=}" ;; esac
			done
			""";

	private FakeProgram() {
	}

	static Path write(Path folder, String name, String script) {
		try {
			Path file = Files.writeString(folder.resolve(name), HEAD + script + "\n");
			return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
