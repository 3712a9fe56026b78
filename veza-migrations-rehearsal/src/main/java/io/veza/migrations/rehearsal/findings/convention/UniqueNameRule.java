package io.veza.migrations.rehearsal.findings;

import io.veza.migrations.rehearsal.CreatedObject;
import io.veza.migrations.rehearsal.findings.Found.Text;
import org.jspecify.annotations.Nullable;

/**
 * Finds unique indexes and constraints that are not called
 * {@code unique_{table}_{columns}}. Where columns do not say it all, which is so with
 * expressions and conditions, or are too long for a name, a purpose may stand for them.
 */
final class UniqueNameRule implements FindingRule {

	@Override
	public void look(FindingSubject subject, Found found) {
		Novelties novelties = new Novelties(subject);
		novelties.named()
			.filter(CreatedObject::unique)
			.forEach((object) -> look(found, novelties, object, object.table()));
	}

	private static void look(Found found, Novelties novelties, CreatedObject object, @Nullable String table) {
		if (table == null || isNamedWell(object, table)) {
			return;
		}
		FilePlace place = novelties.place(object);
		found.add(FindingCode.UNIQUE_NAME, FindingCode.UNIQUE_NAME.severity(), place.line(), place.column(),
				object.relation(),
				new Text(
						"The unique %s \"%s\"%s is not called unique_%s_ and its columns."
							.formatted(object.kind().words(), object.name(), Owner.of(object), table),
						"Who reads the name in an error about a duplicate key does not know the table and which columns may not repeat.",
						Renaming.advice(object, Names.conventional("unique", table, object.columns()))));
	}

	private static boolean isNamedWell(CreatedObject object, String table) {
		String exact = "unique_" + table + "_" + String.join("_", object.columns());
		if (object.simple() && !Names.isTooLong(exact)) {
			return object.name().equals(exact)
					|| object.name().equals(Names.conventional("unique", table, object.columns()));
		}
		return Names.beginsWith(object.name(), "unique", table);
	}

}
