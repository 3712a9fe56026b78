package io.veza.migrations.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.veza.migrations.testsupport.MigrationFolder;

/**
 * Migrations such as a service gathers in years: one table after the other is made, grows
 * and changes, and each step can be taken back.
 *
 * @param steps the migrations in their order
 */
record GeneratedHistory(List<Step> steps) {

	private static final List<Step> OF_ONE_TABLE = List.of(new Step("create", """
			CREATE TABLE $t (
				id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
				name text NOT NULL,
				state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
				created_at timestamptz NOT NULL DEFAULT now()
			);""", "DROP TABLE $t;"), new Step("owner", """
			ALTER TABLE $t ADD COLUMN owner_id bigint;
			ALTER TABLE $t ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now();
			COMMENT ON COLUMN $t.owner_id IS 'who may change it';""", """
			ALTER TABLE $t DROP COLUMN updated_at;
			ALTER TABLE $t DROP COLUMN owner_id;"""),
			new Step("index", "CREATE INDEX idx_$t_owner_id ON $t (owner_id);", "DROP INDEX idx_$t_owner_id;"),
			new Step("items", """
					CREATE TABLE $t_items (
						id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
						parent_id bigint NOT NULL REFERENCES $t (id) ON DELETE CASCADE,
						position integer NOT NULL,
						price numeric(12, 2) NOT NULL DEFAULT 0,
						details jsonb NOT NULL DEFAULT '{}',
						UNIQUE (parent_id, position)
					);
					CREATE INDEX idx_$t_items_price ON $t_items (price) WHERE price > 0;""", "DROP TABLE $t_items;"),
			new Step("rows", """
					INSERT INTO $t (name) SELECT 'number ' || n FROM generate_series(1, 20) n;
					INSERT INTO $t_items (parent_id, position) SELECT id, 1 FROM $t;""", """
					DELETE FROM $t_items;
					DELETE FROM $t;"""), new Step("touch", """
					CREATE FUNCTION touch_$t() RETURNS trigger LANGUAGE plpgsql AS $$
					BEGIN
						NEW.updated_at := now();
						RETURN NEW;
					END
					$$;
					CREATE TRIGGER touch BEFORE UPDATE ON $t FOR EACH ROW EXECUTE FUNCTION touch_$t();""", """
					DROP TRIGGER touch ON $t;
					DROP FUNCTION touch_$t();"""),
			new Step("check", "ALTER TABLE $t_items ADD CONSTRAINT $t_items_price_check CHECK (price >= 0);",
					"ALTER TABLE $t_items DROP CONSTRAINT $t_items_price_check;"),
			new Step("fill", "UPDATE $t SET owner_id = id % 7 WHERE owner_id IS NULL;",
					"UPDATE $t SET owner_id = NULL;"),
			new Step("view", """
					CREATE VIEW open_$t AS
					SELECT t.id, t.name, count(i.id) AS items
					FROM $t t
					LEFT JOIN $t_items i ON i.parent_id = t.id
					WHERE t.state = 'open'
					GROUP BY t.id, t.name;""", "DROP VIEW open_$t;"), new Step("kind", """
					CREATE TYPE $t_kind AS ENUM ('small', 'large');
					ALTER TABLE $t ADD COLUMN kind $t_kind NOT NULL DEFAULT 'small';""", """
					ALTER TABLE $t DROP COLUMN kind;
					DROP TYPE $t_kind;"""), new Step("wider", """
					DROP INDEX idx_$t_owner_id;
					CREATE INDEX idx_$t_owner_id_created_at ON $t (owner_id, created_at DESC);""", """
					DROP INDEX idx_$t_owner_id_created_at;
					CREATE INDEX idx_$t_owner_id ON $t (owner_id);"""),
			new Step("details", "ALTER TABLE $t_items DROP COLUMN details;",
					"ALTER TABLE $t_items ADD COLUMN details jsonb NOT NULL DEFAULT '{}';"));

	static GeneratedHistory of(int size) {
		return new GeneratedHistory(IntStream.range(0, size)
			.mapToObj((number) -> OF_ONE_TABLE.get(number % OF_ONE_TABLE.size())
				.of("things_" + (char) ('a' + number / OF_ONE_TABLE.size() % 26) + number / OF_ONE_TABLE.size()))
			.toList());
	}

	MigrationFolder migrations(Path folder) {
		MigrationFolder migrations = MigrationFolder.in(folder);
		for (int i = 0; i < this.steps.size(); i++) {
			Step step = this.steps.get(i);
			migrations.with(name(i), step.up(), step.down());
		}
		return migrations;
	}

	/** What psql runs. */
	List<Path> ups(Path folder) {
		try {
			Files.createDirectories(folder);
			List<Path> files = new ArrayList<>();
			for (int i = 0; i < this.steps.size(); i++) {
				files.add(Files.writeString(folder.resolve(name(i)), this.steps.get(i).up()));
			}
			return files;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String name(int number) {
		return "%03d_%s.sql".formatted(number + 1, this.steps.get(number).name());
	}

	/**
	 * A migration.
	 *
	 * @param name its description
	 * @param up its UP, with a placeholder for the table
	 * @param down its DOWN
	 */
	record Step(String name, String up, String down) {

		private Step of(String table) {
			return new Step(this.name, this.up.replace("$t", table), this.down.replace("$t", table));
		}

	}

}
