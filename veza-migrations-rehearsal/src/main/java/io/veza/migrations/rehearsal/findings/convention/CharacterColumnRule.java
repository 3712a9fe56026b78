package io.veza.migrations.rehearsal.findings.convention;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.veza.migrations.rehearsal.effect.CreatedObject;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;

/**
 * The rule that finds columns that are padded with blanks.
 */
public final class CharacterColumnRule extends NewColumnRule {

	private static final Pattern TYPE = Pattern.compile("character(\\(\\d+\\)(?:\\[])*)");

	public CharacterColumnRule() {
		super(FindingCode.CHAR_COLUMN);
	}

	@Override
	Optional<Text> check(CreatedObject column, String type) {
		Matcher matcher = TYPE.matcher(type);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		return Optional.of(new Text("%s is of the type %s.".formatted(named(column), type),
				"PostgreSQL fills shorter values with blanks, which take space, count in LIKE and not in comparisons, and reach the application.",
				definition(column, "varchar" + matcher.group(1))));
	}

}
