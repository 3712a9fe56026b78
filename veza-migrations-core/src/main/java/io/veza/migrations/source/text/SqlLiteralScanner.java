package io.veza.migrations.source;

import org.jspecify.annotations.Nullable;

import io.veza.migrations.InvalidMigrationsException;

/**
 * Reads what stands in quotes: strings with their prefixes, quoted identifiers and dollar
 * quotes.
 */
final class Literals {

	private final SourceText source;

	private int line;

	private int column;

	/** Whether the token before is a string with backslash escapes. */
	private boolean afterEscapes;

	private boolean lineEnded;

	Literals(SourceText source) {
		this.source = source;
	}

	/**
	 * Note a line end between tokens: a string that follows on a new line continues the
	 * one before, by its rules for backslashes.
	 */
	void lineEnds() {
		this.lineEnded = true;
	}

	/**
	 * Note a block comment between tokens: unlike a line comment it keeps two strings
	 * apart.
	 */
	void blockCommentEnds() {
		this.afterEscapes = false;
	}

	/**
	 * Read a literal.
	 * @param c the next character
	 * @param line the line where it stands
	 * @param column the column where it stands
	 * @return what was read, {@code null} if no literal begins here
	 */
	@Nullable Token read(int c, int line, int column) {
		this.line = line;
		this.column = column;
		boolean continued = this.afterEscapes && this.lineEnded;
		this.afterEscapes = false;
		this.lineEnded = false;
		return switch (c) {
			case '\'' -> continued ? escapeString() : string();
			case '"' -> quotedIdentifier();
			case '$' -> startsDollarQuote() ? dollarQuote() : null;
			case 'e', 'E' -> prefixed('\'') ? escapeString() : null;
			case 'b', 'B', 'x', 'X', 'n', 'N' -> prefixed('\'') ? string() : null;
			case 'u', 'U' -> unicode();
			default -> null;
		};
	}

	private boolean prefixed(char quote) {
		boolean found = this.source.peek(1) == quote;
		if (found) {
			this.source.read();
		}
		return found;
	}

	private @Nullable Token unicode() {
		int quote = (this.source.peek(1) == '&') ? this.source.peek(2) : SourceText.END;
		if (quote != '\'' && quote != '"') {
			return null;
		}
		this.source.read();
		this.source.read();
		return (quote == '"') ? quotedIdentifier() : string();
	}

	private Token string() {
		readQuoted('\'', "The string that begins here has no end. Close it with a single quote.");
		return Token.STRING;
	}

	private Token quotedIdentifier() {
		readQuoted('"', "The quoted identifier that begins here has no end. Close it with a double quote.");
		return Token.QUOTED_IDENTIFIER;
	}

	private void readQuoted(char quote, String problem) {
		this.source.read();
		do {
			this.source.readTo(quote, quote);
			readOrFail(problem);
		}
		while (doubled(quote));
	}

	private Token escapeString() {
		String problem = "The string that begins here has no end. Close it with a single quote that no backslash escapes.";
		this.source.read();
		do {
			while (this.source.readTo('\\', '\'') == '\\') {
				this.source.read();
				readOrFail(problem);
			}
			readOrFail(problem);
		}
		while (doubled('\''));
		this.afterEscapes = true;
		return Token.STRING;
	}

	private boolean doubled(char quote) {
		boolean found = this.source.peek() == quote;
		if (found) {
			this.source.read();
		}
		return found;
	}

	private boolean startsDollarQuote() {
		int c = this.source.peek(1);
		if (c == '$') {
			return true;
		}
		if (!Characters.isIdentifierStart(c)) {
			return false;
		}
		int length = 1;
		while (isTagPart(this.source.peek(length)) && length < SourceText.LOOKAHEAD) {
			length++;
		}
		return this.source.peek(length) == '$';
	}

	private Token dollarQuote() {
		this.source.read();
		StringBuilder tag = new StringBuilder();
		while (this.source.peek() != '$') {
			tag.append((char) this.source.read());
		}
		this.source.read();
		String problem = "The text in dollar quotes that begins here has no end. Close it with \"$" + tag + "$\".";
		boolean closed = false;
		while (!closed) {
			this.source.readTo('$', '$');
			readOrFail(problem);
			closed = closes(tag);
		}
		return Token.STRING;
	}

	private boolean closes(CharSequence tag) {
		for (int i = 0; i < tag.length(); i++) {
			if (this.source.peek() != tag.charAt(i)) {
				return false;
			}
			this.source.read();
		}
		if (this.source.peek() != '$') {
			return false;
		}
		this.source.read();
		return true;
	}

	private static boolean isTagPart(int c) {
		return c != '$' && Characters.isIdentifierPart(c);
	}

	private void readOrFail(String problem) {
		if (this.source.read() == SourceText.END) {
			throw unterminated(problem);
		}
	}

	private InvalidMigrationsException unterminated(String problem) {
		return this.source.invalid(this.line, this.column, problem);
	}

}
