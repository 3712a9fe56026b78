package io.veza.migrations.source.text;

import io.veza.migrations.failure.InvalidMigrationsException;
import org.jspecify.annotations.Nullable;

/**
 * A scanner of literals: strings with their prefixes, quoted identifiers and dollar
 * quotes.
 */
final class SqlLiteralScanner {

	private final SourceTextCursor source;

	private int line;

	private int column;

	/** The previous token is a string with backslash escapes. */
	private boolean afterEscapes;

	private boolean lineEnded;

	SqlLiteralScanner(SourceTextCursor source) {
		this.source = source;
	}

	/**
	 * Handle a line end between tokens: a string on a new line continues the one before,
	 * with the same rules for backslashes.
	 */
	void lineEnds() {
		this.lineEnded = true;
	}

	/**
	 * Handle a block comment between tokens: unlike a line comment, it separates two
	 * strings.
	 */
	void blockCommentEnds() {
		this.afterEscapes = false;
	}

	/**
	 * Read a literal.
	 * @param c the next character
	 * @param line its line
	 * @param column its column
	 * @return the kind of literal, {@code null} if no literal begins here
	 */
	@Nullable SqlTokenKind read(int c, int line, int column) {
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

	private @Nullable SqlTokenKind unicode() {
		int quote = (this.source.peek(1) == '&') ? this.source.peek(2) : SourceTextCursor.END;
		if (quote != '\'' && quote != '"') {
			return null;
		}
		this.source.read();
		this.source.read();
		return (quote == '"') ? quotedIdentifier() : string();
	}

	private SqlTokenKind string() {
		readQuoted('\'', "The string that begins here has no end. Close it with a single quote.");
		return SqlTokenKind.STRING;
	}

	private SqlTokenKind quotedIdentifier() {
		readQuoted('"', "The quoted identifier that begins here has no end. Close it with a double quote.");
		return SqlTokenKind.QUOTED_IDENTIFIER;
	}

	private void readQuoted(char quote, String problem) {
		this.source.read();
		do {
			this.source.readTo(quote, quote);
			readOrFail(problem);
		}
		while (doubled(quote));
	}

	private SqlTokenKind escapeString() {
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
		return SqlTokenKind.STRING;
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
		if (!SqlCharacterClasses.isIdentifierStart(c)) {
			return false;
		}
		int length = 1;
		while (isTagPart(this.source.peek(length)) && length < SourceTextCursor.LOOKAHEAD) {
			length++;
		}
		return this.source.peek(length) == '$';
	}

	private SqlTokenKind dollarQuote() {
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
		return SqlTokenKind.STRING;
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
		return c != '$' && SqlCharacterClasses.isIdentifierPart(c);
	}

	private void readOrFail(String problem) {
		if (this.source.read() == SourceTextCursor.END) {
			throw unterminated(problem);
		}
	}

	private InvalidMigrationsException unterminated(String problem) {
		return this.source.invalid(this.line, this.column, problem);
	}

}
