package io.veza.migrations.autoconfigure.rehearsal;

import io.veza.migrations.Finding.Severity;
import io.veza.migrations.Reversibility;
import io.veza.migrations.rehearsal.LockMode;
import io.veza.migrations.rehearsal.RehearsedMigration;

/**
 * Words in colour. The colour is never the only sign.
 */
final class Badges {

	private Badges() {
	}

	static void add(Html html, RehearsedMigration migration) {
		Reversibility verdict = migration.reversibility();
		boolean reversible = migration.migration().reversible();
		html.element("span", (reversible ? sign(verdict) : "→") + " " + RehearsalWords.verdict(migration), "class",
				"badge " + (reversible ? style(verdict) : "neutral"));
	}

	static void add(Html html, Severity severity, int count) {
		html.element("span", count + " " + plural(severity, count), "class", "badge " + severity.id());
	}

	/**
	 * Return the colour of a lock.
	 * @param lock the lock
	 * @return a class of the style sheet
	 */
	static String style(LockMode lock) {
		if (lock.blocksReads()) {
			return "lock-all";
		}
		if (lock.blocksWrites()) {
			return "lock-writes";
		}
		return (lock == LockMode.SHARE_UPDATE_EXCLUSIVE) ? "lock-maintenance" : "lock-weak";
	}

	/**
	 * Return the words for findings of a severity.
	 * @param severity the severity
	 * @param count how many there are
	 * @return the words
	 */
	static String plural(Severity severity, int count) {
		return switch (severity) {
			case ERROR -> (count == 1) ? "error" : "errors";
			case WARNING -> (count == 1) ? "warning" : "warnings";
			case ADVICE -> "advice";
		};
	}

	private static String sign(Reversibility verdict) {
		return switch (verdict) {
			case EXACT -> "✓";
			case EXCEPT_COLUMN_ORDER, EXCEPT_WHITE_SPACE -> "≈";
			case NO, DOWN_FAILED, UP_FAILED -> "✗";
		};
	}

	private static String style(Reversibility verdict) {
		return switch (verdict) {
			case EXACT -> "good";
			case EXCEPT_COLUMN_ORDER, EXCEPT_WHITE_SPACE -> "near";
			case NO, DOWN_FAILED, UP_FAILED -> "bad";
		};
	}

}
