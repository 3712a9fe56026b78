package io.veza.migrations.source.text;

/**
 * The character classes of the lexical rules of PostgreSQL.
 */
public final class SqlCharacterClasses {

	private SqlCharacterClasses() {
	}

	static boolean isSpace(int c) {
		return c == ' ' || (c >= '\t' && c <= '\r');
	}

	public static boolean isLetter(int c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	}

	public static boolean isIdentifierStart(int c) {
		return isLetter(c) || c == '_' || c >= 0x80;
	}

	static boolean isIdentifierPart(int c) {
		return isIdentifierStart(c) || isDigit(c) || c == '$';
	}

	static char toUpperCase(int c) {
		return (char) ((c >= 'a' && c <= 'z') ? c - 'a' + 'A' : c);
	}

	public static boolean isDigit(int c) {
		return c >= '0' && c <= '9';
	}

}
