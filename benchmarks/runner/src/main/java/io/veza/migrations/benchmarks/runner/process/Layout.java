package io.veza.migrations.benchmarks.runner.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a tool wants its migrations. The SQL is the same in all: a table with a primary key
 * and an index.
 */
public enum Layout {

	/** Veza Migrations, and the loops that read the same files. */
	VEZA {

		@Override
		void write(Path folder, int number) throws IOException {
			Files.writeString(folder.resolve("%05d_create_bench_%05d.sql".formatted(number, number)),
					"-- UP\n" + up(number) + "\n-- DOWN\n" + down(number));
		}

	},

	/** Flyway. */
	FLYWAY {

		@Override
		void write(Path folder, int number) throws IOException {
			Files.writeString(folder.resolve("V%05d__create_bench_%05d.sql".formatted(number, number)), up(number));
		}

	},

	/** Liquibase: formatted SQL, a file each, and a changelog that includes them all. */
	LIQUIBASE {

		@Override
		void write(Path folder, int number) throws IOException {
			Path files = Files.createDirectories(content(folder).resolve("changes"));
			Files.writeString(files.resolve("%05d_create_bench_%05d.sql".formatted(number, number)),
					"--liquibase formatted sql\n\n--changeset bench:" + number + "\n" + up(number) + "--rollback "
							+ down(number));
		}

		/** The path is part of a change's identity, wherever the files are. */
		@Override
		public Path content(Path folder) {
			return folder.resolve("db").resolve("changelog");
		}

		@Override
		void finish(Path folder, int count) throws IOException {
			Files.writeString(content(folder).resolve("changelog.xml"), CHANGELOG);
		}

	},

	/** psql: one script with a transaction and a history row per migration. */
	PSQL {

		@Override
		void write(Path folder, int number) {
			// one file holds them all
		}

		@Override
		void finish(Path folder, int count) throws IOException {
			StringBuilder script = new StringBuilder("CREATE TABLE raw_history (version text PRIMARY KEY, "
					+ "applied_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP);\n");
			for (int number = 1; number <= count; number++) {
				script.append("BEGIN;\n")
					.append(up(number))
					.append("INSERT INTO raw_history (version) VALUES ('%05d');%nCOMMIT;%n".formatted(number));
			}
			Files.writeString(folder.resolve("script.sql"), script);
		}

	};

	private static final String CHANGELOG = """
			<?xml version="1.0" encoding="UTF-8"?>
			<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
				xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
				xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
					http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
				<includeAll path="changes/" relativeToChangelogFile="true"/>
			</databaseChangeLog>
			""";

	/**
	 * Write migrations.
	 * @param folder where
	 * @param count how many
	 * @return the folder
	 * @throws IOException if they cannot be written
	 */
	public Path writeAll(Path folder, int count) throws IOException {
		Files.createDirectories(folder);
		for (int number = 1; number <= count; number++) {
			write(folder, number);
		}
		finish(folder, count);
		return folder;
	}

	/**
	 * Return where the files are that an application has in its class path.
	 * @param folder the folder with the migrations
	 * @return the folder of the files
	 */
	public Path content(Path folder) {
		return folder;
	}

	abstract void write(Path folder, int number) throws IOException;

	void finish(Path folder, int count) throws IOException {
		// most need nothing but the files
	}

	private static String up(int number) {
		return """
				CREATE TABLE bench_%1$05d (id bigint PRIMARY KEY, name text NOT NULL);
				CREATE INDEX bench_%1$05d_name ON bench_%1$05d (name);
				""".formatted(number);
	}

	private static String down(int number) {
		return "DROP TABLE bench_%05d;\n".formatted(number);
	}

}
