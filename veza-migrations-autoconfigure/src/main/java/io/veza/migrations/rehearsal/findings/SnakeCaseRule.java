package io.veza.migrations.rehearsal.findings;

import io.veza.migrations.rehearsal.CreatedObject;
import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Finds names that are not in lower case with underscores between their words.
 */
final class SnakeCaseRule implements FindingRule {

	@Override
	public void look(FindingSubject subject, Found found) {
		Novelties novelties = new Novelties(subject);
		novelties.named().filter((object) -> !Names.isSnakeCase(object.name())).forEach((object) -> {
			FilePlace place = novelties.place(object);
			found.add(FindingCode.NAME_NOT_SNAKE_CASE, FindingCode.NAME_NOT_SNAKE_CASE.severity(), place.line(),
					place.column(), object.relation(), text(object));
		});
	}

	private static Text text(CreatedObject object) {
		String consequence = Names.needsQuotes(object.name())
				? "Every statement has to write it in double quotes, for PostgreSQL folds a name without them to lower case and then does not find it."
				: "It is not written as the others are, and is easily mistyped.";
		String name = Names.snakeCase(object.name(), object.kind().words().replace(' ', '_'));
		return new Text(
				"The %s \"%s\"%s has a name that is not written in snake_case.".formatted(object.kind().words(),
						object.name(), Owner.of(object)),
				consequence,
				Renaming.advice(object, isReserved(object, name) ? ReservedNameRule.other(object, name) : name));
	}

	/** Who ends a name with an underscore avoids a reserved word. */
	private static boolean isReserved(CreatedObject object, String name) {
		return object.reserved() || (object.name().endsWith("_") && !name.contains("_"));
	}

}
