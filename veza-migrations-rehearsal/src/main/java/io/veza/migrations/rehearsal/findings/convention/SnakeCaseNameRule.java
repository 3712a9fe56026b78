package io.veza.migrations.rehearsal.findings.convention;

import io.veza.migrations.rehearsal.effect.CreatedObject;
import io.veza.migrations.rehearsal.findings.FilePosition;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.FindingSubject;
import io.veza.migrations.rehearsal.findings.MigrationRule;

/**
 * The rule that finds names that are not in lower case with underscores between their
 * words.
 */
public final class SnakeCaseNameRule implements MigrationRule {

	@Override
	public void check(FindingSubject subject, FindingCollector found) {
		NewObjectNames novelties = new NewObjectNames(subject);
		novelties.named().filter((object) -> !NamingConvention.isSnakeCase(object.name())).forEach((object) -> {
			FilePosition place = novelties.place(object);
			found.add(FindingCode.NAME_NOT_SNAKE_CASE, FindingCode.NAME_NOT_SNAKE_CASE.severity(), place.line(),
					place.column(), object.relation(), text(object));
		});
	}

	private static Text text(CreatedObject object) {
		String consequence = NamingConvention.needsQuotes(object.name())
				? "Every statement has to write it in double quotes, for PostgreSQL folds a name without them to lower case and then does not find it."
				: "It is not written as the others are, and is easily mistyped.";
		String name = NamingConvention.snakeCase(object.name(), object.kind().words().replace(' ', '_'));
		return new Text(
				"The %s \"%s\"%s has a name that is not written in snake_case.".formatted(object.kind().words(),
						object.name(), OwningTableText.of(object)),
				consequence,
				RenameAdvice.advice(object, isReserved(object, name) ? ReservedNameRule.other(object, name) : name));
	}

	/** Who ends a name with an underscore avoids a reserved word. */
	private static boolean isReserved(CreatedObject object, String name) {
		return object.reserved() || (object.name().endsWith("_") && !name.contains("_"));
	}

}
