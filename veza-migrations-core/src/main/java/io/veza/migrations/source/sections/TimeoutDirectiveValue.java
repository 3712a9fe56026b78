package io.veza.migrations.source.sections;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a timeout directive, a number with one of the units of PostgreSQL.
 */
final class TimeoutDirectiveValue {

	/** Milliseconds that a timeout of PostgreSQL may have. */
	private static final BigInteger MAX = BigInteger.valueOf(Integer.MAX_VALUE);

	private static final Pattern FORMAT = Pattern.compile("(\\d+)(ms|s|min|h|d)");

	private static final Map<String, Duration> UNITS = Map.of("ms", Duration.ofMillis(1), "s", Duration.ofSeconds(1),
			"min", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

	private TimeoutDirectiveValue() {
	}

	/**
	 * Return the time that a text stands for.
	 * @param text such as {@code 500ms}, {@code 2s} or {@code 0} for none
	 * @return the time, or empty if the text is not a time that PostgreSQL accepts
	 */
	static Optional<Duration> parse(String text) {
		if ("0".equals(text)) {
			return Optional.of(Duration.ZERO);
		}
		Matcher matcher = FORMAT.matcher(text);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		long unit = UNITS.getOrDefault(matcher.group(2), Duration.ZERO).toMillis();
		BigInteger millis = new BigInteger(matcher.group(1)).multiply(BigInteger.valueOf(unit));
		return (millis.compareTo(MAX) <= 0) ? Optional.of(Duration.ofMillis(millis.longValueExact()))
				: Optional.empty();
	}

}
