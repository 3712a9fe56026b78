package io.veza.migrations.rehearsal.findings.judge;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;

import io.veza.migrations.rehearsal.findings.FindingCode;

/**
 * The codes that are spelled most like a word.
 */
final class NearestFindingCodes {

	private static final int SHOWN = 3;

	private NearestFindingCodes() {
	}

	/**
	 * Return the nearest codes.
	 * @param id what was written
	 * @return some codes in quotes, the nearest one first
	 */
	static String to(String id) {
		return Arrays.stream(FindingCode.values())
			.map(FindingCode::id)
			.sorted(Comparator.comparingInt((code) -> distance(id, code)))
			.limit(SHOWN)
			.map((code) -> '"' + code + '"')
			.collect(Collectors.joining(", "));
	}

	/** The least number of characters to insert, remove or replace. */
	private static int distance(String from, String to) {
		int[] row = new int[to.length() + 1];
		Arrays.setAll(row, (index) -> index);
		for (int i = 1; i <= from.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int replaced = diagonal + ((from.charAt(i - 1) != to.charAt(j - 1)) ? 1 : 0);
				diagonal = row[j];
				row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
			}
		}
		return row[to.length()];
	}

}
