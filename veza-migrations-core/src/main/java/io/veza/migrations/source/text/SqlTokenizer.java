package io.veza.migrations.source.text;

import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.source.text.SourceTextSink.TextPart;

/**
 * A tokenizer for the lexical rules of PostgreSQL (with
 * {@code standard_conforming_strings}). A {@link SqlLiteralScanner} reads the strings.
 */
public final class SqlTokenizer {

	/** Characters of a token that {@link #image()} keeps. */
	private static final int IMAGE_LENGTH = 64;

	/** Characters of a comment that {@link #comment()} keeps. */
	private static final int COMMENT_LENGTH = 4096;

	private final SourceTextCursor source;

	private final SqlLiteralScanner literals;

	private final StringBuilder image = new StringBuilder(IMAGE_LENGTH);

	private final StringBuilder buffer = new StringBuilder();

	private String comment = "";

	private int line;

	private int column;

	/** The line on which the token before ends. */
	private int lineBefore;

	private boolean firstOnLine;

	/**
	 * Create a tokenizer.
	 * @param source the text
	 */
	public SqlTokenizer(SourceTextCursor source) {
		this.source = source;
		this.literals = new SqlLiteralScanner(source);
	}

	/**
	 * Read the next token.
	 * @return its kind
	 */
	public SqlTokenKind next() {
		if (this.source.readSpace()) {
			this.literals.lineEnds();
		}
		this.line = this.source.line();
		this.column = this.source.column();
		this.firstOnLine = this.lineBefore != this.line;
		SqlTokenKind token = read();
		this.lineBefore = this.source.line();
		return token;
	}

	/**
	 * Return the line on which the token begins.
	 * @return the line, from 1
	 */
	public int line() {
		return this.line;
	}

	/**
	 * Return the column in which the token begins.
	 * @return the column, from 1
	 */
	public int column() {
		return this.column;
	}

	/**
	 * Return the beginning of a word, number or sign, with letters in upper case.
	 * @return the text, valid until the next token
	 */
	public CharSequence image() {
		return this.image;
	}

	/**
	 * Return the beginning of a line comment, from its dashes on, or of a meta-command.
	 * @return the text
	 */
	public String comment() {
		return this.comment;
	}

	/**
	 * Return whether only blanks stand before the token on its line.
	 * @return whether the token is the first one of its line
	 */
	public boolean isFirstOnLine() {
		return this.firstOnLine;
	}

	private SqlTokenKind read() {
		int c = this.source.peek();
		if (c == SourceTextCursor.END) {
			return SqlTokenKind.END;
		}
		if (c == '-' && this.source.peek(1) == '-') {
			return restOfLine(SqlTokenKind.LINE_COMMENT);
		}
		if (c == '/' && this.source.peek(1) == '*') {
			return blockComment();
		}
		if (c == '\\') {
			return restOfLine(SqlTokenKind.META_COMMAND);
		}
		this.source.begin(TextPart.TOKEN);
		this.image.setLength(0);
		SqlTokenKind token = token(c);
		this.source.end();
		return token;
	}

	private SqlTokenKind token(int c) {
		SqlTokenKind literal = this.literals.read(c, this.line, this.column);
		if (literal != null) {
			return literal;
		}
		if (SqlCharacterClasses.isIdentifierStart(c)) {
			takeIdentifier();
			return SqlTokenKind.WORD;
		}
		if (SqlCharacterClasses.isDigit(c) || (c == '.' && SqlCharacterClasses.isDigit(this.source.peek(1)))) {
			return number();
		}
		take();
		return switch (c) {
			case '(' -> SqlTokenKind.OPEN;
			case ')' -> SqlTokenKind.CLOSE;
			case ';' -> SqlTokenKind.SEMICOLON;
			case '$' -> parameter();
			default -> symbol(c);
		};
	}

	private void takeIdentifier() {
		this.source.readIdentifier(this.image, IMAGE_LENGTH);
	}

	private SqlTokenKind number() {
		takeDigits();
		if (this.source.peek() == '.' && this.source.peek(1) != '.') {
			take();
			takeDigits();
		}
		if (this.source.peek() == 'e' || this.source.peek() == 'E') {
			int sign = this.source.peek(1);
			if ((sign == '+' || sign == '-') && SqlCharacterClasses.isDigit(this.source.peek(2))) {
				take();
				take();
			}
		}
		if (SqlCharacterClasses.isIdentifierStart(this.source.peek())
				|| SqlCharacterClasses.isDigit(this.source.peek())) {
			takeIdentifier();
		}
		return SqlTokenKind.NUMBER;
	}

	private void takeDigits() {
		while (SqlCharacterClasses.isDigit(this.source.peek()) || this.source.peek() == '_') {
			take();
		}
	}

	private SqlTokenKind parameter() {
		while (SqlCharacterClasses.isDigit(this.source.peek())) {
			take();
		}
		return SqlTokenKind.NUMBER;
	}

	private SqlTokenKind symbol(int c) {
		int second = this.source.peek();
		if ((c == ':' && (second == ':' || second == '=')) || (c == '.' && second == '.')) {
			take();
		}
		else if (SqlOperatorScanner.isSign(c)) {
			for (int i = SqlOperatorScanner.length(c, this.source); i > 1; i--) {
				take();
			}
		}
		return SqlTokenKind.SYMBOL;
	}

	private SqlTokenKind restOfLine(SqlTokenKind token) {
		this.buffer.setLength(0);
		this.source.readLine(this.buffer, COMMENT_LENGTH);
		this.comment = this.buffer.toString();
		return token;
	}

	private SqlTokenKind blockComment() {
		int depth = 0;
		do {
			if (this.source.readTo('/', '*') == SourceTextCursor.END) {
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
		return SqlTokenKind.BLOCK_COMMENT;
	}

	private InvalidMigrationsException unterminated() {
		return this.source.invalid(this.line, this.column,
				"The comment that begins here has no end. Close it, and each comment inside it, with \"*/\".");
	}

	private void take() {
		int c = this.source.read();
		if (this.image.length() < IMAGE_LENGTH) {
			this.image.append(SqlCharacterClasses.toUpperCase(c));
		}
	}

}
