package io.veza.migrations.source;

/**
 * The classes of characters that the lexical rules of PostgreSQL know.
 */
final class Characters {

	private Characters() {
	}

	static boolean isSpace(int c) {
		return c == ' ' || (c >= '\t' && c <= '\r');
	}

	static boolean isLetter(int c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	}

	static boolean isIdentifierStart(int c) {
		return isLetter(c) || c == '_' || c >= 0x80;
	}

	static boolean isIdentifierPart(int c) {
		return isIdentifierStart(c) || isDigit(c) || c == '$';
	}

	static char toUpperCase(int c) {
		return (char) ((c >= 'a' && c <= 'z') ? c - 'a' + 'A' : c);
	}

	static boolean isDigit(int c) {
		return c >= '0' && c <= '9';
	}

}
