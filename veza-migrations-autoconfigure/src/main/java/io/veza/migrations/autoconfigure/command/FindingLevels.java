package io.veza.migrations.autoconfigure.command;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.veza.migrations.rehearsal.FindingLevel;
import io.veza.migrations.rehearsal.findings.FindingCode;

/**
 * How much findings matter, by codes as people write them: environment variables know
 * neither hyphens nor lower case.
 */
final class FindingLevels {

	private static final Map<String, FindingCode> CODES = Arrays.stream(FindingCode.values())
		.collect(Collectors.toMap((code) -> letters(code.id()), (code) -> code));

	private FindingLevels() {
	}

	/**
	 * Return the levels by the codes themselves.
	 * @param levels the levels by codes as people write them
	 * @return the levels
	 * @throws IllegalArgumentException if there is no such finding
	 */
	static Map<String, FindingLevel> byCode(Map<String, FindingLevel> levels) {
		Map<String, FindingLevel> byCode = new LinkedHashMap<>();
		levels.forEach((written, level) -> byCode.put(code(written).id(), level));
		return Map.copyOf(byCode);
	}

	private static FindingCode code(String written) {
		FindingCode code = CODES.get(letters(written));
		if (code == null) {
			throw new IllegalArgumentException(RehearsalProperties.PREFIX + ".findings." + written
					+ ": there is no finding with this code. Choose one of " + known() + ".");
		}
		return code;
	}

	private static String known() {
		return Arrays.stream(FindingCode.values()).map(FindingCode::id).collect(Collectors.joining(", "));
	}

	private static String letters(String code) {
		return code.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
	}

}
