package io.veza.migrations.rehearsal.findings.convention;

import io.veza.migrations.rehearsal.effect.CreatedObject;
import io.veza.migrations.rehearsal.findings.FilePosition;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.FindingSubject;
import io.veza.migrations.rehearsal.findings.MigrationRule;
import org.jspecify.annotations.Nullable;

/**
 * The rule that finds unique indexes and constraints that are not called
 * {@code unique_{table}_{columns}}. Where columns do not say it all, which is so with
 * expressions and conditions, or are too long for a name, a purpose may stand for them.
 */
public final class UniqueNameRule implements MigrationRule {

	@Override
	public void check(FindingSubject subject, FindingCollector found) {
		NewObjectNames novelties = new NewObjectNames(subject);
		novelties.named()
			.filter(CreatedObject::unique)
			.forEach((object) -> check(found, novelties, object, object.table()));
	}

	private static void check(FindingCollector found, NewObjectNames novelties, CreatedObject object,
			@Nullable String table) {
		if (table == null || isNamedWell(object, table)) {
			return;
		}
		FilePosition place = novelties.place(object);
		found.add(FindingCode.UNIQUE_NAME, FindingCode.UNIQUE_NAME.severity(), place.line(), place.column(),
				object.relation(),
				new Text(
						"The unique %s \"%s\"%s is not called unique_%s_ and its columns."
							.formatted(object.kind().words(), object.name(), OwningTableText.of(object), table),
						"Who reads the name in an error about a duplicate key does not know the table and which columns may not repeat.",
						RenameAdvice.advice(object, NamingConvention.conventional("unique", table, object.columns()))));
	}

	private static boolean isNamedWell(CreatedObject object, String table) {
		String exact = "unique_" + table + "_" + String.join("_", object.columns());
		if (object.simple() && !NamingConvention.isTooLong(exact)) {
			return object.name().equals(exact)
					|| object.name().equals(NamingConvention.conventional("unique", table, object.columns()));
		}
		return NamingConvention.beginsWith(object.name(), "unique", table);
	}

}
