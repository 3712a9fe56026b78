package io.veza.migrations.rehearsal.findings.convention;

import java.util.Locale;

import io.veza.migrations.rehearsal.effect.CreatedObject;
import io.veza.migrations.sql.SqlQuoting;

/**
 * The statement that gives an object another name.
 */
final class RenameAdvice {

	private RenameAdvice() {
	}

	/**
	 * Return what to write instead.
	 * @param object the object
	 * @param name the name that it should have, which needs no quotes
	 * @return a comment for who can still change the file, and the statement for all
	 * others
	 */
	static String advice(CreatedObject object, String name) {
		return "-- Write %s instead of %s. Where this migration is applied already, in a new one:\n%s".formatted(name,
				written(object), statement(object, name));
	}

	private static String statement(CreatedObject object, String name) {
		return switch (object.kind()) {
			case COLUMN, SERIAL_COLUMN, KEY_COLUMN, SERIAL_KEY_COLUMN ->
				"ALTER TABLE %s RENAME COLUMN %s TO %s;".formatted(object.relation(), written(object), name);
			case CONSTRAINT ->
				"ALTER TABLE %s RENAME CONSTRAINT %s TO %s;".formatted(object.relation(), written(object), name);
			case TRIGGER -> "ALTER TRIGGER %s ON %s RENAME TO %s;".formatted(written(object), object.relation(), name);
			case SCHEMA, TABLE, VIEW, MATERIALIZED_VIEW, INDEX, SEQUENCE, ROUTINE, TYPE -> "ALTER %s %s RENAME TO %s;"
				.formatted(object.kind().words().toUpperCase(Locale.ROOT), object.identity(), name);
		};
	}

	/** Its own name as SQL writes it: what the identity has after the table. */
	private static String written(CreatedObject object) {
		if (object.relation() != null && object.identity().startsWith(object.relation() + ".")) {
			return object.identity().substring(object.relation().length() + 1);
		}
		String quoted = SqlQuoting.identifier(object.name());
		return object.identity().contains(quoted) ? quoted : object.name();
	}

}
