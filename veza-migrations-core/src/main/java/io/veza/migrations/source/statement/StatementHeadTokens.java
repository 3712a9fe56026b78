package io.veza.migrations.source;

/**
 * The first tokens of a statement in one line, by which its kind is recognised: words in
 * upper case, signs as they are, one blank between two, a placeholder for what is in
 * quotes. In a COPY without what is in parentheses, which may be long.
 */
final class StatementHead {

	private static final int TOKENS = 48;

	private final StringBuilder text = new StringBuilder();

	private int tokens;

	private boolean copy;

	void add(Token token, CharSequence image, boolean inParentheses) {
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
