package io.veza.migrations.source.statement;

import io.veza.migrations.source.text.SqlTokenKind;

/**
 * The first tokens of a statement on one line, by which its kind is recognized. Words are
 * in upper case, signs as they are, with one blank between two tokens, and a placeholder
 * for each literal. The head of a COPY leaves out what is in parentheses, which may be
 * long.
 */
final class StatementHeadTokens {

	private static final int TOKENS = 48;

	private final StringBuilder text = new StringBuilder();

	private int tokens;

	private boolean copy;

	void add(SqlTokenKind token, CharSequence image, boolean inParentheses) {
		if (this.tokens == TOKENS || (inParentheses && this.copy)) {
			return;
		}
		if (this.tokens == 0) {
			this.copy = "COPY".contentEquals(image);
		}
		else {
			this.text.append(' ');
		}
		this.tokens++;
		switch (token) {
			case STRING -> this.text.append('\'');
			case QUOTED_IDENTIFIER -> this.text.append('"');
			default -> this.text.append(image);
		}
	}

	boolean startsWith(String words) {
		return this.text.lastIndexOf(words, 0) == 0;
	}

	void clear() {
		this.text.setLength(0);
		this.tokens = 0;
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
