package io.veza.migrations.source.statement;

import java.io.Reader;
import java.util.NoSuchElementException;

import io.veza.migrations.source.statement.SqlStatementScanner.ScannedPiece;
import io.veza.migrations.source.text.SourceTextCursor;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.StatementReader;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the statements of one section, or of a file without sections.
 */
public final class ScriptStatementReader implements StatementReader {

	private final SourceTextCursor source;

	private final SqlStatementScanner scanner;

	private @Nullable SqlStatement following;

	private @Nullable CopyDataReader data;

	private boolean ended;

	/**
	 * Create a reader.
	 * @param source the file, which is closed with the reader
	 * @param scanner the scanner of the file, at the first statement
	 */
	public ScriptStatementReader(SourceTextCursor source, SqlStatementScanner scanner) {
		this.source = source;
		this.scanner = scanner;
	}

	@Override
	public boolean hasNext() {
		while (this.following == null && !this.ended) {
			advance();
		}
		return this.following != null;
	}

	private void advance() {
		this.data = null;
		ScannedPiece piece = this.scanner.next();
		switch (piece) {
			case STATEMENT -> {
				StatementOutline statement = this.scanner.outline();
				String sql = this.scanner.sql();
				this.following = new SqlStatement(sql, statement.line(), statement.column(), statement.kind(),
						StatementSubjectReader.read(statement.kind(), sql));
			}
			case META_COMMAND -> throw this.source.invalid(this.scanner.commentLine(), this.scanner.commentColumn(),
					"A command of psql stands here. Do not change migration files while they run.");
			case SECTION_START, END -> this.ended = true;
			case COMMENT -> {
			}
		}
	}

	@Override
	public SqlStatement next() {
		SqlStatement next = hasNext() ? this.following : null;
		if (next == null) {
			throw new NoSuchElementException();
		}
		this.following = null;
		this.data = this.scanner.data();
		return next;
	}

	@Override
	public Reader copyData() {
		return requiredData();
	}

	@Override
	public int copyDataLine() {
		return requiredData().line();
	}

	private CopyDataReader requiredData() {
		if (this.data == null) {
			throw new IllegalStateException("The last statement has no data");
		}
		return this.data;
	}

	@Override
	public Checksum finish() {
		this.ended = true;
		this.following = null;
		this.data = null;
		return this.source.checksum();
	}

	@Override
	public void close() {
		this.source.close();
	}

}
