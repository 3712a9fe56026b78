package io.veza.migrations.source.statement;

import java.util.Objects;
import java.util.function.Predicate;

import io.veza.migrations.source.text.SourceTextCursor;
import io.veza.migrations.source.text.SqlTokenKind;
import io.veza.migrations.source.text.SqlTokenizer;
import io.veza.migrations.sql.SqlStatement.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A scanner that cuts a file into statements, comments and section starts, one after the
 * other.
 */
public final class SqlStatementScanner {

	private final SourceTextCursor source;

	private final SqlTokenizer tokenizer;

	private final CurrentStatementText text;

	private final Predicate<String> sectionStart;

	private final StatementHeadTokens head = new StatementHeadTokens();

	private final StatementNestingTracker nesting = new StatementNestingTracker();

	private @Nullable ScannedPiece nextPiece;

	private @Nullable CopyDataReader copyData;

	private @Nullable StatementOutline outline;

	private boolean open;

	private boolean terminated;

	private int line;

	private int column;

	/**
	 * Create a scanner of a file without sections.
	 * @param source the file
	 * @param text keeps or measures the text of each statement
	 */
	public SqlStatementScanner(SourceTextCursor source, CurrentStatementText text) {
		this(source, text, (comment) -> false);
	}

	/**
	 * Create a scanner of a file with sections.
	 * @param source the file
	 * @param text keeps or measures the text of each statement
	 * @param sectionStart whether a comment alone on its line begins a section, as the
	 * format of the file says
	 */
	public SqlStatementScanner(SourceTextCursor source, CurrentStatementText text, Predicate<String> sectionStart) {
		this.source = source;
		this.tokenizer = new SqlTokenizer(source);
		this.text = text;
		this.sectionStart = sectionStart;
		source.add(text);
	}

	/**
	 * Read on to the next piece of interest. What is left of COPY data is skipped.
	 * @return the piece
	 */
	public ScannedPiece next() {
		if (this.nextPiece != null) {
			ScannedPiece piece = this.nextPiece;
			this.nextPiece = null;
			clear();
			return piece;
		}
		if (!this.open) {
			clear();
		}
		while (true) {
			ScannedPiece piece = accept(this.tokenizer.next());
			if (piece != null) {
				return piece;
			}
		}
	}

	private @Nullable ScannedPiece accept(SqlTokenKind token) {
		return switch (token) {
			case END -> orStatement(ScannedPiece.END);
			case LINE_COMMENT -> startsSection() ? orStatement(ScannedPiece.SECTION_START) : ScannedPiece.COMMENT;
			case BLOCK_COMMENT -> null;
			case META_COMMAND -> isPassedOver() ? null : ScannedPiece.META_COMMAND;
			case SEMICOLON -> semicolon();
			default -> {
				token(token);
				yield null;
			}
		};
	}

	private ScannedPiece orStatement(ScannedPiece piece) {
		if (!this.open) {
			return piece;
		}
		this.nextPiece = piece;
		return statement(false);
	}

	private @Nullable ScannedPiece semicolon() {
		if (!this.open) {
			this.text.clear();
			return null;
		}
		if (this.nesting.isOpen()) {
			token(SqlTokenKind.SEMICOLON);
			return null;
		}
		return statement(true);
	}

	private void token(SqlTokenKind token) {
		if (!this.open) {
			this.open = true;
			this.line = this.tokenizer.line();
			this.column = this.tokenizer.column();
		}
		CharSequence image = this.tokenizer.image();
		this.nesting.add(token, image, this.head);
		this.head.add(token, image, token == SqlTokenKind.CLOSE || this.nesting.inParentheses());
	}

	private ScannedPiece statement(boolean terminated) {
		this.open = false;
		this.terminated = terminated;
		String head = this.head.toString();
		this.outline = new StatementOutline(StatementKindRules.of(head), head, this.line, this.column);
		if (this.text.tooLarge(terminated)) {
			throw this.source.invalid(this.line, this.column,
					"The statement that begins here has more than 16 MB. Split it, or load the data with COPY … FROM STDIN.");
		}
		if (this.outline.kind() == Kind.COPY_FROM_STDIN) {
			this.copyData = copyData();
		}
		return ScannedPiece.STATEMENT;
	}

	private CopyDataReader copyData() {
		if (!this.terminated) {
			throw this.source.invalid(this.line, this.column,
					"This COPY … FROM STDIN has no data. End it with a semicolon, and put the data and a line with nothing but \"\\.\" behind it.");
		}
		return new CopyDataReader(this.source, this.line);
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

	private boolean startsSection() {
		return this.tokenizer.isFirstOnLine() && this.sectionStart.test(comment());
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
	 * Return the text of the comment, section start or meta-command that was read last.
	 * @return the text
	 */
	public String comment() {
		return this.tokenizer.comment();
	}

	/**
	 * Return where that comment, section start or meta-command stands.
	 * @return the line
	 */
	public int commentLine() {
		return this.tokenizer.line();
	}

	int commentColumn() {
		return this.tokenizer.column();
	}

	/**
	 * Return the statement that was read last.
	 * @return the statement without its text
	 */
	public StatementOutline outline() {
		return Objects.requireNonNull(this.outline, "No statement was read");
	}

	/**
	 * Return whether a statement has begun and not ended.
	 * @return whether the last piece lies inside a statement
	 */
	public boolean isInStatement() {
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
	@Nullable CopyDataReader data() {
		return this.copyData;
	}

	/**
	 * A kind of piece into which a file is cut.
	 */
	public enum ScannedPiece {

		/** The comment with which a section begins. */
		SECTION_START,

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
