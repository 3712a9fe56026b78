package io.veza.migrations.source;

import io.veza.migrations.InvalidMigrationsException;
import io.veza.migrations.source.TextSink.Part;

/**
 * Cuts a text into tokens by the lexical rules of PostgreSQL (with
 * {@code standard_conforming_strings}). Strings are left to {@link Literals}.
 */
final class Tokenizer {

	/** Characters of a token that {@link #image()} keeps. */
	private static final int IMAGE_LENGTH = 64;

	/** Characters of a comment that {@link #comment()} keeps. */
	private static final int COMMENT_LENGTH = 4096;

	private final SourceText source;

	private final Literals literals;

	private final StringBuilder image = new StringBuilder(IMAGE_LENGTH);

	private final StringBuilder buffer = new StringBuilder();

	private String comment = "";

	private int line;

	private int column;

	/** The line on which the token before ends. */
	private int lineBefore;

	private boolean alone;

	Tokenizer(SourceText source) {
		this.source = source;
		this.literals = new Literals(source);
	}

	Token next() {
		if (this.source.readSpace()) {
			this.literals.lineEnds();
		}
		this.line = this.source.line();
		this.column = this.source.column();
		this.alone = this.lineBefore != this.line;
		Token token = read();
		this.lineBefore = this.source.line();
		return token;
	}

	/**
	 * Return the line on which the token begins.
	 * @return the line, from 1
	 */
	int line() {
		return this.line;
	}

	/**
	 * Return the column in which the token begins.
	 * @return the column, from 1
	 */
	int column() {
		return this.column;
	}

	/**
	 * Return the beginning of a word, number or sign, with letters in upper case.
	 * @return the text, valid until the next token
	 */
	CharSequence image() {
		return this.image;
	}

	/**
	 * Return the beginning of a line comment, from its dashes on, or of a meta-command.
	 * @return the text
	 */
	String comment() {
		return this.comment;
	}

	/**
	 * Return whether only blanks stand before the token on its line.
	 * @return whether the token is the first one of its line
	 */
	boolean isFirstOnLine() {
		return this.alone;
	}

	private Token read() {
		int c = this.source.peek();
		if (c == SourceText.END) {
			return Token.END;
		}
		if (c == '-' && this.source.peek(1) == '-') {
			return restOfLine(Token.LINE_COMMENT);
		}
		if (c == '/' && this.source.peek(1) == '*') {
			return blockComment();
		}
		if (c == '\\') {
			return restOfLine(Token.META_COMMAND);
		}
		this.source.begin(Part.TOKEN);
		this.image.setLength(0);
		Token token = token(c);
		this.source.end();
		return token;
	}

	private Token token(int c) {
		Token literal = this.literals.read(c, this.line, this.column);
		if (literal != null) {
			return literal;
		}
		if (Characters.isIdentifierStart(c)) {
			takeIdentifier();
			return Token.WORD;
		}
		if (Characters.isDigit(c) || (c == '.' && Characters.isDigit(this.source.peek(1)))) {
			return number();
		}
		take();
		return switch (c) {
			case '(' -> Token.OPEN;
			case ')' -> Token.CLOSE;
			case ';' -> Token.SEMICOLON;
			case '$' -> parameter();
			default -> symbol(c);
		};
	}

	private void takeIdentifier() {
		this.source.readIdentifier(this.image, IMAGE_LENGTH);
	}

	private Token number() {
		takeDigits();
		if (this.source.peek() == '.' && this.source.peek(1) != '.') {
			take();
			takeDigits();
		}
		if (this.source.peek() == 'e' || this.source.peek() == 'E') {
			int sign = this.source.peek(1);
			if ((sign == '+' || sign == '-') && Characters.isDigit(this.source.peek(2))) {
				take();
				take();
			}
		}
		if (Characters.isIdentifierStart(this.source.peek()) || Characters.isDigit(this.source.peek())) {
			takeIdentifier();
		}
		return Token.NUMBER;
	}

	private void takeDigits() {
		while (Characters.isDigit(this.source.peek()) || this.source.peek() == '_') {
			take();
		}
	}

	private Token parameter() {
		while (Characters.isDigit(this.source.peek())) {
			take();
		}
		return Token.NUMBER;
	}

	private Token symbol(int c) {
		int second = this.source.peek();
		if ((c == ':' && (second == ':' || second == '=')) || (c == '.' && second == '.')) {
			take();
		}
		else if (Operators.isSign(c)) {
			for (int i = Operators.length(c, this.source); i > 1; i--) {
				take();
			}
		}
		return Token.SYMBOL;
	}

	private Token restOfLine(Token token) {
		this.buffer.setLength(0);
		this.source.readLine(this.buffer, COMMENT_LENGTH);
		this.comment = this.buffer.toString();
		return token;
	}

	private Token blockComment() {
		int depth = 0;
		do {
			if (this.source.readTo('/', '*') == SourceText.END) {
				throw unterminated();
			}
			int c = this.source.read();
			if (c == '/' && this.source.peek() == '*') {
				this.source.read();
				depth++;
			}
			else if (c == '*' && this.source.peek() == '/') {
				this.source.read();
				depth--;
			}
		}
		while (depth > 0);
		this.literals.blockCommentEnds();
		return Token.BLOCK_COMMENT;
	}

	private InvalidMigrationsException unterminated() {
		return this.source.invalid(this.line, this.column,
				"The comment that begins here has no end. Close it, and each comment inside it, with \"*/\".");
	}

	private void take() {
		int c = this.source.read();
		if (this.image.length() < IMAGE_LENGTH) {
			this.image.append(Characters.toUpperCase(c));
		}
	}

}
