package io.veza.migrations.autoconfigure.command.rehearsal;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingLevel;

/**
 * The levels of findings, by codes as people write them: environment variables know
 * neither hyphens nor lower case.
 */
final class FindingLevels {

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
		for (Map.Entry<String, FindingLevel> level : levels.entrySet()) {
			byCode.put(code(level.getKey()).id(), level.getValue());
		}
		return Map.copyOf(byCode);
	}

	private static FindingCode code(String written) {
		for (FindingCode code : FindingCode.values()) {
			if (letters(code.id()).equals(letters(written))) {
				return code;
			}
		}
		throw new IllegalArgumentException(RehearsalProperties.PREFIX + ".findings." + written
				+ ": there is no finding with this code. Choose one of " + known() + ".");
	}

	private static String known() {
		return Arrays.stream(FindingCode.values()).map(FindingCode::id).collect(Collectors.joining(", "));
	}

	private static String letters(String code) {
		return code.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
	}

}
