package io.veza.migrations.rehearsal.findings.convention;

import io.veza.migrations.rehearsal.effect.CreatedObject;
import io.veza.migrations.rehearsal.findings.FilePosition;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.FindingSubject;
import io.veza.migrations.rehearsal.findings.MigrationRule;

/**
 * The rule that finds names that are reserved words. Names of indexes, constraints,
 * sequences and triggers are seldom written, and may be what they like.
 */
public final class ReservedNameRule implements MigrationRule {

	@Override
	public void check(FindingSubject subject, FindingCollector found) {
		NewObjectNames novelties = new NewObjectNames(subject);
		novelties.named().filter((object) -> object.reserved() && isWritten(object)).forEach((object) -> {
			FilePosition place = novelties.place(object);
			found.add(FindingCode.NAME_RESERVED, FindingCode.NAME_RESERVED.severity(), place.line(), place.column(),
					object.relation(), text(object));
		});
	}

	private static boolean isWritten(CreatedObject object) {
		return switch (object.kind()) {
			case SCHEMA, TABLE, VIEW, MATERIALIZED_VIEW, COLUMN, SERIAL_COLUMN, KEY_COLUMN, SERIAL_KEY_COLUMN, ROUTINE,
					TYPE ->
				true;
			case INDEX, CONSTRAINT, SEQUENCE, TRIGGER -> false;
		};
	}

	private static Text text(CreatedObject object) {
		return new Text(
				"The %s \"%s\"%s has a reserved word for a name.".formatted(object.kind().words(), object.name(),
						OwningTableText.of(object)),
				"Every statement has to write it in double quotes. One that does not fails, or means something else, as user does, which is the role.",
				RenameAdvice.advice(object,
						other(object, NamingConvention.snakeCase(object.name(), object.kind().words()))));
	}

	/**
	 * Return a name that is not reserved.
	 * @param object the object
	 * @param word the reserved word
	 * @return the name
	 */
	static String other(CreatedObject object, String word) {
		return switch (object.kind()) {
			case TABLE, VIEW, MATERIALIZED_VIEW -> word + "s";
			case COLUMN, SERIAL_COLUMN, KEY_COLUMN, SERIAL_KEY_COLUMN ->
				NamingConvention.snakeCase(object.table() + "_" + word, "column");
			case SCHEMA, ROUTINE, TYPE, INDEX, CONSTRAINT, SEQUENCE, TRIGGER -> word + "_" + object.kind().words();
		};
	}

}
