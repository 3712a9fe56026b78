package io.veza.migrations.rehearsal.findings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.veza.migrations.rehearsal.CreatedObject;
import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Finds columns that are padded with blanks.
 */
final class CharacterRule extends ColumnRule {

	private static final Pattern TYPE = Pattern.compile("character(\\(\\d+\\)(?:\\[])*)");

	CharacterRule() {
		super(FindingCode.CHAR_COLUMN);
	}

	@Override
	Optional<Text> look(CreatedObject column, String type) {
		Matcher matcher = TYPE.matcher(type);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		return Optional.of(new Text("%s is of the type %s.".formatted(named(column), type),
				"PostgreSQL fills shorter values with blanks, which take space, count in LIKE and not in comparisons, and reach the application.",
				definition(column, "varchar" + matcher.group(1))));
	}

}
