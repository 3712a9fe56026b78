package io.veza.migrations;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A digest of everything that a plan depends on. A caller hands it back to run exactly
 * that plan. Each part has its own digest, so that a refusal can name the part that has
 * changed. Table sizes and sessions are not part of it.
 *
 * @param history the digest of the history: what is applied and what stopped half-way
 * @param sql the digest of the statements
 * @param options the digest of the options with which they would run
 * @param objects the digest of the definitions of the affected objects
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
	 * @param text the text of a token, see {@link #text}
	 * @return the token
	 * @throws IllegalArgumentException if the text has another form
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
	 * Return the changes since an earlier token.
	 * @param earlier the earlier one
	 * @return the changes in words; empty if there are none
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
