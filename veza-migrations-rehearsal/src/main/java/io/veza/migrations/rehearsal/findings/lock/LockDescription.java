package io.veza.migrations.rehearsal.findings;

import io.veza.migrations.rehearsal.LockMode;

/**
 * Says what locks are and who waits for them.
 */
final class LockWords {

	private LockWords() {
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
