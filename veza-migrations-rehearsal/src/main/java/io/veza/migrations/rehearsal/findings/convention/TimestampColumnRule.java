package io.veza.migrations.rehearsal.findings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.veza.migrations.rehearsal.CreatedObject;
import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Finds columns that hold a time without its zone.
 */
final class TimestampRule extends ColumnRule {

	private static final Pattern TYPE = Pattern.compile("(timestamp(?:\\(\\d\\))?) without time zone((?:\\[])*)");

	TimestampRule() {
		super(FindingCode.TIMESTAMP_WITHOUT_ZONE);
	}

	@Override
	Optional<Text> look(CreatedObject column, String type) {
		Matcher matcher = TYPE.matcher(type);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		return Optional.of(new Text("%s is a timestamp without time zone.".formatted(named(column)),
				"It says what a clock showed and not where: sessions with another TimeZone mean another instant by it, and an hour of each autumn is there twice.",
				definition(column, matcher.group(1) + " with time zone" + matcher.group(2))));
	}

}
