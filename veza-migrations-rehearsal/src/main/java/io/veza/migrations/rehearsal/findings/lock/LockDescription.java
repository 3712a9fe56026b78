package io.veza.migrations.rehearsal.findings.lock;

import io.veza.migrations.rehearsal.effect.LockMode;

/**
 * The words for a lock and for those who wait for it.
 */
final class LockDescription {

	private LockDescription() {
	}

	/**
	 * Return a lock in words.
	 * @param mode its mode
	 * @return such as {@code an ACCESS EXCLUSIVE lock}
	 */
	static String of(LockMode mode) {
		String words = mode.words();
		return (words.startsWith("A") || words.startsWith("E") ? "an " : "a ") + words + " lock";
	}

	/**
	 * Return who waits for a lock on a table.
	 * @param mode its mode, one that somebody waits for
	 * @return the words, to begin a sentence
	 */
	static String waiting(LockMode mode) {
		return mode.blocksReads() ? "Whoever reads or writes the table waits" : "Whoever writes to the table waits";
	}

}
