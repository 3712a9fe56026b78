package io.veza.migrations.source;

/**
 * Whether a semicolon ends the statement: not within parentheses, as in a CREATE RULE
 * with several commands, nor within the BEGIN ATOMIC body of a function.
 */
final class Nesting {

	private int parentheses;

	private int bodies;

	/** The word or sign before, empty for anything else. */
	private final StringBuilder previous = new StringBuilder();

	/**
	 * Take the next token of the statement.
	 * @param token the token
	 * @param image its text
	 * @param head the statement up to it
	 */
	void add(Token token, CharSequence image, StatementHead head) {
		switch (token) {
			case OPEN -> this.parentheses++;
			case CLOSE -> this.parentheses = Math.max(0, this.parentheses - 1);
			case WORD -> {
				if (this.parentheses == 0) {
					word(image, head);
				}
			}
			default -> {
			}
		}
		this.previous.setLength(0);
		if (token == Token.WORD || token == Token.SYMBOL) {
			this.previous.append(image);
		}
	}

	private void word(CharSequence image, StatementHead head) {
		if (this.bodies == 0) {
			if (is("ATOMIC", image) && is("BEGIN", this.previous) && isRoutine(head)) {
				this.bodies = 1;
			}
		}
		else if (is("CASE", image) && !isName()) {
			this.bodies++;
		}
		else if (is("END", image) && !isName()) {
			this.bodies--;
		}
	}

	/**
	 * Return whether a word that comes now is a name, although it looks like a keyword.
	 */
	private boolean isName() {
		return is(".", this.previous) || is("AS", this.previous);
	}

	boolean inParentheses() {
		return this.parentheses > 0;
	}

	boolean isOpen() {
		return this.parentheses > 0 || this.bodies > 0;
	}

	void clear() {
		this.parentheses = 0;
		this.bodies = 0;
		this.previous.setLength(0);
	}

	private static boolean isRoutine(StatementHead head) {
		return head.startsWith("CREATE FUNCTION ") || head.startsWith("CREATE PROCEDURE ")
				|| head.startsWith("CREATE OR REPLACE FUNCTION ") || head.startsWith("CREATE OR REPLACE PROCEDURE ");
	}

	private static boolean is(String text, CharSequence image) {
		return text.contentEquals(image);
	}

}
