package io.veza.migrations.source;

/**
 * Whether a semicolon ends the statement: not within parentheses, as in a CREATE RULE
 * with several commands, nor within the BEGIN ATOMIC body of a function.
 */
final class Nesting {

	private int parentheses;

	private int bodies;

	/** Whether the word before is BEGIN. */
	private boolean afterBegin;

	/** Whether the word or sign before is one that only a name follows. */
	private boolean beforeName;

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
		this.afterBegin = token == Token.WORD && is("BEGIN", image);
		this.beforeName = (token == Token.WORD && is("AS", image)) || (token == Token.SYMBOL && is(".", image));
	}

	private void word(CharSequence image, StatementHead head) {
		if (this.bodies == 0) {
			if (is("ATOMIC", image) && this.afterBegin && isRoutine(head)) {
				this.bodies = 1;
			}
		}
		else if (is("CASE", image) && !this.beforeName) {
			this.bodies++;
		}
		else if (is("END", image) && !this.beforeName) {
			this.bodies--;
		}
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
		this.afterBegin = false;
		this.beforeName = false;
	}

	private static boolean isRoutine(StatementHead head) {
		return head.startsWith("CREATE FUNCTION ") || head.startsWith("CREATE PROCEDURE ")
				|| head.startsWith("CREATE OR REPLACE FUNCTION ") || head.startsWith("CREATE OR REPLACE PROCEDURE ");
	}

	private static boolean is(String text, CharSequence image) {
		return text.contentEquals(image);
	}

}
