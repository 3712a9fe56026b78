package io.veza.migrations.source.statement;

import io.veza.migrations.source.text.SqlTokenKind;

/**
 * A tracker of the nesting inside which a semicolon does not end a statement:
 * parentheses, as in a CREATE RULE with several commands, and the BEGIN ATOMIC body of a
 * function.
 */
final class StatementNestingTracker {

	private int parentheses;

	private int bodies;

	/** The previous word is BEGIN. */
	private boolean afterBegin;

	/** The previous word or sign is one that only a name can follow. */
	private boolean beforeName;

	/**
	 * Accept the next token of the statement.
	 * @param token the token
	 * @param image its text
	 * @param head the statement up to it
	 */
	void add(SqlTokenKind token, CharSequence image, StatementHeadTokens head) {
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
		this.afterBegin = token == SqlTokenKind.WORD && is("BEGIN", image);
		this.beforeName = (token == SqlTokenKind.WORD && is("AS", image))
				|| (token == SqlTokenKind.SYMBOL && is(".", image));
	}

	private void word(CharSequence image, StatementHeadTokens head) {
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

	private static boolean isRoutine(StatementHeadTokens head) {
		return head.startsWith("CREATE FUNCTION ") || head.startsWith("CREATE PROCEDURE ")
				|| head.startsWith("CREATE OR REPLACE FUNCTION ") || head.startsWith("CREATE OR REPLACE PROCEDURE ");
	}

	private static boolean is(String text, CharSequence image) {
		return text.contentEquals(image);
	}

}
