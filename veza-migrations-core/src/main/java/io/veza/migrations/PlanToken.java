package io.veza.migrations;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A digest of all that a plan depends on, which is handed back to run exactly that plan.
 * Each part has a digest of its own, so that it can be said what has changed. Sizes and
 * sessions are no part of it.
 *
 * @param history what is applied and what stopped half-way
 * @param sql the statements
 * @param options how they would be run
 * @param objects the definitions of the objects concerned
 * @since 0.1.0
 */
public record PlanToken(String history, String sql, String options, String objects) {

	private static final Pattern FORM = Pattern
		.compile("v1-([0-9a-f]{16})-([0-9a-f]{16})-([0-9a-f]{16})-([0-9a-f]{16})");

	/**
	 * Return whether a text has the form of a token.
	 * @param text the text
	 * @return whether {@link #of} reads it
	 */
	public static boolean isToken(String text) {
		return FORM.matcher(text).matches();
	}

	/**
	 * Read a token.
	 * @param text what {@link #text} has returned
	 * @return the token
	 * @throws IllegalArgumentException if the text is none
	 */
	public static PlanToken of(String text) {
		Matcher matcher = FORM.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(
					"\"" + text + "\" is not the token of a plan. Copy the token of the plan that was looked at.");
		}
		return new PlanToken(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4));
	}

	/**
	 * Return the token as a text that can be handed around.
	 * @return the text
	 */
	public String text() {
		return String.join("-", "v1", this.history, this.sql, this.options, this.objects);
	}

	/**
	 * Return what differs from an earlier token.
	 * @param earlier the earlier one
	 * @return what has changed, in words; empty if nothing has
	 */
	public List<String> changedSince(PlanToken earlier) {
		List<String> changed = new ArrayList<>();
		if (!this.history.equals(earlier.history)) {
			changed.add("the history: something was applied, taken back or settled meanwhile");
		}
		if (!this.sql.equals(earlier.sql)) {
			changed.add("the SQL that would run: other migrations, or a DOWN that was refreshed");
		}
		if (!this.options.equals(earlier.options)) {
			changed.add("the options: what was asked for, the backup, or the configuration");
		}
		if (!this.objects.equals(earlier.objects)) {
			changed.add("the definitions of objects that are concerned");
		}
		return changed;
	}

}
