package io.veza.migrations.sql;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The failure of a statement: its place in the file and the answer of PostgreSQL.
 *
 * @param file the file as people know it
 * @param line the line in the file, from 1; 0 if it concerns the whole file
 * @param column the column in that line, from 1
 * @param sourceLine the text of that line
 * @param sqlState the SQLSTATE, {@code null} if the server was not asked
 * @param message the message of the server
 * @param detail the detail that it added, {@code null} without one
 * @param hint the hint that it added, {@code null} without one
 * @param context the calls in which it happened, {@code null} at top level
 * @param advice the action to take, {@code null} if the message suffices
 * @since 0.1.0
 */
public record SqlFailure(String file, int line, int column, @Nullable String sourceLine, @Nullable String sqlState,
		String message, @Nullable String detail, @Nullable String hint, @Nullable String context,
		@Nullable String advice) {

	private static final String REDACTED = "left out, because it may hold row values (veza.migrations.redact-row-values)";

	/** The class of SQLSTATEs for errors in data. */
	private static final String DATA_EXCEPTIONS = "22";

	private static final Pattern QUOTED_AT_END = Pattern.compile(": \".*\"$", Pattern.MULTILINE);

	/**
	 * Return the failure as people read it.
	 * @return the place, the message, the source line with a caret, then detail, hint,
	 * context and advice, each on a line of its own
	 */
	public String describe() {
		StringBuilder text = new StringBuilder(SourceExcerpt.locate(this.file, this.line, this.column));
		text.append(": ").append(this.message);
		if (this.sqlState != null) {
			text.append(" (SQLSTATE ").append(this.sqlState).append(')');
		}
		text.append(SourceExcerpt.show(this.sourceLine, this.column));
		append(text, "Detail", this.detail);
		append(text, "Hint", this.hint);
		append(text, "Context", this.context);
		append(text, "Action", this.advice);
		return text.toString();
	}

	/**
	 * Return this failure without what may be the values of rows: the detail, and what
	 * the server quotes at the end of a message about data or of a line of a
	 * {@code COPY}.
	 * @return the failure
	 */
	public SqlFailure redacted() {
		boolean data = this.sqlState != null && this.sqlState.startsWith(DATA_EXCEPTIONS);
		return new SqlFailure(this.file, this.line, this.column, this.sourceLine, this.sqlState,
				data ? withoutValues(this.message) : this.message, (this.detail != null) ? REDACTED : null, this.hint,
				(this.context != null) ? withoutValues(this.context) : null, this.advice);
	}

	private static String withoutValues(String text) {
		return QUOTED_AT_END.matcher(text).replaceAll(": …");
	}

	/**
	 * Return this failure with something added to its detail.
	 * @param more the text to add
	 * @return the failure
	 */
	public SqlFailure withDetail(String more) {
		return new SqlFailure(this.file, this.line, this.column, this.sourceLine, this.sqlState, this.message,
				(this.detail != null) ? this.detail + "\n" + more : more, this.hint, this.context, this.advice);
	}

	/**
	 * Return this failure with another advice.
	 * @param advice the action to take
	 * @return the failure
	 */
	public SqlFailure withAdvice(String advice) {
		return new SqlFailure(this.file, this.line, this.column, this.sourceLine, this.sqlState, this.message,
				this.detail, this.hint, this.context, advice);
	}

	private static void append(StringBuilder text, String label, @Nullable String value) {
		if (value != null) {
			text.append('\n').append(label).append(": ").append(value);
		}
	}

}
