package io.veza.migrations.source.text;

/**
 * A kind of token.
 */
public enum SqlTokenKind {

	/** A keyword or an identifier without quotes. */
	WORD,

	/** An identifier in double quotes. */
	QUOTED_IDENTIFIER,

	/** A string, in quotes or dollar quotes. */
	STRING,

	/** A number or a parameter such as {@code $1}. */
	NUMBER,

	/** An operator or another sign. */
	SYMBOL,

	/** An opening parenthesis. */
	OPEN,

	/** A closing parenthesis. */
	CLOSE,

	/** A semicolon. */
	SEMICOLON,

	/** A comment that ends with its line. */
	LINE_COMMENT,

	/** A comment with a beginning and an end. */
	BLOCK_COMMENT,

	/** A backslash outside of strings, up to the end of its line: a command of psql. */
	META_COMMAND,

	/** The end of the file. */
	END

}
