package io.veza.migrations.source;

import java.io.Reader;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;

import io.veza.migrations.Checksum;
import io.veza.migrations.SqlStatement;
import io.veza.migrations.StatementReader;
import io.veza.migrations.source.StatementScanner.Piece;

/**
 * Reads the statements of a section, beginning behind its marker.
 */
final class SectionReader implements StatementReader {

	private final SourceText source;

	private final StatementScanner scanner;

	private @Nullable SqlStatement following;

	private @Nullable CopyData data;

	private boolean ended;

	SectionReader(SourceText source, StatementScanner scanner) {
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
		Piece piece = this.scanner.next();
		switch (piece) {
			case STATEMENT -> {
				StatementOutline statement = this.scanner.outline();
				String sql = this.scanner.sql();
				this.following = new SqlStatement(sql, statement.line(), statement.column(), statement.kind(),
						SubjectReader.read(statement.kind(), sql));
			}
			case META_COMMAND -> throw this.source.invalid(this.scanner.commentLine(), this.scanner.commentColumn(),
					"A command of psql stands here. Do not change migration files while they run.");
			case MARKER, END -> this.ended = true;
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

	private CopyData requiredData() {
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
