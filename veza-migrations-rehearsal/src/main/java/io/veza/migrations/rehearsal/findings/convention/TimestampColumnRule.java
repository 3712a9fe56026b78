package io.veza.migrations.rehearsal.findings.convention;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.veza.migrations.rehearsal.effect.CreatedObject;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;

/**
 * The rule that finds columns that hold a time without its zone.
 */
public final class TimestampColumnRule extends NewColumnRule {

	private static final Pattern TYPE = Pattern.compile("(timestamp(?:\\(\\d\\))?) without time zone((?:\\[])*)");

	public TimestampColumnRule() {
		super(FindingCode.TIMESTAMP_WITHOUT_ZONE);
	}

	@Override
	Optional<Text> check(CreatedObject column, String type) {
		Matcher matcher = TYPE.matcher(type);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		return Optional.of(new Text("%s is a timestamp without time zone.".formatted(named(column)),
				"It says what a clock showed and not where: sessions with another TimeZone mean another instant by it, and an hour of each autumn is there twice.",
				definition(column, matcher.group(1) + " with time zone" + matcher.group(2))));
	}

}
