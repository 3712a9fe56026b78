package io.veza.migrations.source;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.veza.migrations.SqlStatement.Kind;

/**
 * Cuts a file into statements, markers and comments, one after the other.
 */
final class StatementScanner {

	private final SourceText source;

	private final Tokenizer tokenizer;

	private final StatementText text;

	private final boolean sections;

	private final StatementHead head = new StatementHead();

	private final Nesting nesting = new Nesting();

	private @Nullable Piece held;

	private @Nullable Marker marker;

	private @Nullable CopyData copyData;

	private @Nullable StatementOutline outline;

	private boolean open;

	private boolean terminated;

	private int line;

	private int column;

	StatementScanner(SourceText source, StatementText text) {
		this(source, text, true);
	}

	private StatementScanner(SourceText source, StatementText text, boolean sections) {
		this.source = source;
		this.tokenizer = new Tokenizer(source);
		this.text = text;
		this.sections = sections;
		source.add(text);
	}

	/**
	 * Return a scanner of a file without sections, in which a marker is a comment.
	 * @param source the file
	 * @param text what keeps the text of statements
	 * @return the scanner
	 */
	static StatementScanner ofOneSection(SourceText source, StatementText text) {
		return new StatementScanner(source, text, false);
	}

	/**
	 * Read on to the next piece of interest. What is left of COPY data is skipped.
	 * @return the piece
	 */
	Piece next() {
		if (this.held != null) {
			Piece piece = this.held;
			this.held = null;
			clear();
			return piece;
		}
		if (!this.open) {
			clear();
		}
		while (true) {
			Piece piece = accept(this.tokenizer.next());
			if (piece != null) {
				return piece;
			}
		}
	}

	private @Nullable Piece accept(Token token) {
		return switch (token) {
			case END -> orStatement(Piece.END);
			case LINE_COMMENT -> isMarker() ? orStatement(Piece.MARKER) : Piece.COMMENT;
			case BLOCK_COMMENT -> null;
			case META_COMMAND -> isPassedOver() ? null : Piece.META_COMMAND;
			case SEMICOLON -> semicolon();
			default -> {
				token(token);
				yield null;
			}
		};
	}

	private Piece orStatement(Piece piece) {
		if (!this.open) {
			return piece;
		}
		this.held = piece;
		return statement(false);
	}

	private @Nullable Piece semicolon() {
		if (!this.open) {
			this.text.clear();
			return null;
		}
		if (this.nesting.isOpen()) {
			token(Token.SEMICOLON);
			return null;
		}
		return statement(true);
	}

	private void token(Token token) {
		if (!this.open) {
			this.open = true;
			this.line = this.tokenizer.line();
			this.column = this.tokenizer.column();
		}
		CharSequence image = this.tokenizer.image();
		this.nesting.add(token, image, this.head);
		this.head.add(token, image, token == Token.CLOSE || this.nesting.inParentheses());
	}

	private Piece statement(boolean terminated) {
		this.open = false;
		this.terminated = terminated;
		String head = this.head.toString();
		this.outline = new StatementOutline(StatementKinds.of(head), head, this.line, this.column);
		if (this.text.tooLarge(terminated)) {
			throw this.source.invalid(this.line, this.column,
					"The statement that begins here has more than 16 MB. Split it, or load the data with COPY … FROM STDIN.");
		}
		if (this.outline.kind() == Kind.COPY_FROM_STDIN) {
			this.copyData = copyData();
		}
		return Piece.STATEMENT;
	}

	private CopyData copyData() {
		if (!this.terminated) {
			throw this.source.invalid(this.line, this.column,
					"This COPY … FROM STDIN has no data. End it with a semicolon, and put the data and a line with nothing but \"\\.\" behind it.");
		}
		return new CopyData(this.source, this.line);
	}

	private void clear() {
		if (this.copyData != null) {
			this.copyData.skipRest();
			this.copyData = null;
		}
		this.text.clear();
		this.head.clear();
		this.nesting.clear();
	}

	private boolean isMarker() {
		this.marker = (this.sections && this.tokenizer.isFirstOnLine()) ? Marker.of(comment()) : null;
		return this.marker != null;
	}

	private boolean isPassedOver() {
		String command = comment();
		return this.tokenizer.isFirstOnLine()
				&& (isCommand(command, "\\restrict") || isCommand(command, "\\unrestrict"));
	}

	private static boolean isCommand(String text, String command) {
		return text.equals(command) || text.startsWith(command + " ");
	}

	/**
	 * Return the text of the comment or meta-command.
	 * @return the text
	 */
	String comment() {
		return this.tokenizer.comment();
	}

	/**
	 * Return the marker that was read last.
	 * @return the marker
	 */
	Marker marker() {
		return Objects.requireNonNull(this.marker, "No marker was read");
	}

	/**
	 * Return where the marker, comment or meta-command stands.
	 * @return the line
	 */
	int commentLine() {
		return this.tokenizer.line();
	}

	int commentColumn() {
		return this.tokenizer.column();
	}

	/**
	 * Return the statement that was read last.
	 * @return the statement without its text
	 */
	StatementOutline outline() {
		return Objects.requireNonNull(this.outline, "No statement was read");
	}

	/**
	 * Return whether a statement has begun and not ended.
	 * @return whether what was read last lies inside a statement
	 */
	boolean isInStatement() {
		return this.open;
	}

	/**
	 * Return the text of the statement that was read last, if it is kept.
	 * @return the text
	 */
	String sql() {
		return this.text.sql(this.terminated);
	}

	/**
	 * Return the data of the statement that was read last.
	 * @return the data, {@code null} if it has none
	 */
	@Nullable CopyData data() {
		return this.copyData;
	}

	/**
	 * What a file is cut into.
	 */
	enum Piece {

		/** The line with which a section begins. */
		MARKER,

		/** A line comment, maybe inside a statement. */
		COMMENT,

		/** A command of psql. */
		META_COMMAND,

		/** A statement. */
		STATEMENT,

		/** The end of the file. */
		END

	}

}
