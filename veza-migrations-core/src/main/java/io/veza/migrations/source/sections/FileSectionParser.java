package io.veza.migrations.source.sections;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.veza.migrations.source.statement.PsqlCommandCheck;
import io.veza.migrations.source.statement.SqlStatementScanner;
import io.veza.migrations.source.statement.StatementOutline;
import io.veza.migrations.source.text.FileProblemCollector;
import io.veza.migrations.sql.MigrationSection;
import io.veza.migrations.sql.SqlScript;
import org.jspecify.annotations.Nullable;

/**
 * A parser of one section: it collects the metadata and directives and checks the rules,
 * statement by statement, while the file is read.
 */
final class FileSectionParser {

	private static final List<String> KEYS = List.of("Migration", "Description", "Author", "Date", "Rollback");

	private static final String IRREVERSIBLE = "irreversible";

	private final SectionMarkerLine marker;

	private final FileProblemCollector problems;

	private final Map<String, String> metadata = new LinkedHashMap<>();

	private final SectionDirectives directives;

	private final TransactionBlockCheck blocks;

	private @Nullable String irreversible;

	/** No token was read yet. */
	private boolean leading = true;

	private int statements;

	FileSectionParser(SectionMarkerLine marker, FileProblemCollector problems) {
		this.marker = marker;
		this.problems = problems;
		this.directives = new SectionDirectives(problems);
		this.blocks = new TransactionBlockCheck(marker, problems.file());
	}

	/**
	 * Accept the next piece of the section.
	 * @param piece the piece
	 * @param scanner the scanner that found it
	 */
	void accept(SqlStatementScanner.ScannedPiece piece, SqlStatementScanner scanner) {
		this.leading = this.leading && !scanner.isInStatement();
		PsqlCommandCheck.check(piece, scanner, this.problems);
		switch (piece) {
			case COMMENT -> comment(scanner.commentLine(), SectionHeaderLine.of(scanner.comment()));
			case STATEMENT -> statement(scanner.outline());
			case META_COMMAND, SECTION_START, END -> {
			}
		}
	}

	private void statement(StatementOutline statement) {
		this.leading = false;
		this.statements++;
		this.blocks.add(statement);
	}

	private void comment(int line, @Nullable SectionHeaderLine header) {
		if (header == null) {
			return;
		}
		if (this.leading) {
			header(line, header);
		}
		else if (SectionDirectives.isDirective(header)) {
			this.problems.add(line, 0, "A directive has no effect behind a statement. Move it to the lines below \""
					+ this.marker.text() + "\".");
		}
	}

	private void header(int line, SectionHeaderLine header) {
		if (SectionDirectives.isDirective(header)) {
			this.directives.add(line, header.value());
			return;
		}
		if (header.hasKey(IRREVERSIBLE)) {
			irreversible(line, header.value());
			return;
		}
		for (String key : KEYS) {
			if (header.hasKey(key) && !header.value().isEmpty()) {
				this.metadata.putIfAbsent(key, header.value());
			}
		}
	}

	private void irreversible(int line, String reason) {
		if (this.marker == SectionMarkerLine.UP) {
			this.problems.add(line, 0, "\"-- irreversible:\" has no effect in the UP. Move it below \"-- DOWN\".");
		}
		else if (reason.isEmpty()) {
			this.problems.add(line, 0,
					"\"-- irreversible:\" lacks a reason. Write why there is no way back behind the colon.");
		}
		this.irreversible = reason;
	}

	boolean isEmpty() {
		return this.statements == 0;
	}

	boolean isIrreversible() {
		return this.irreversible != null;
	}

	/**
	 * Check what can be checked at the end of the section and return it.
	 * @param script the SQL of the section
	 * @return the section
	 */
	MigrationSection finish(SqlScript script) {
		boolean transactional = !this.directives.transactionOff() && !this.blocks.refusesTransaction();
		this.blocks.check(transactional, this.problems);
		return new MigrationSection(this.metadata, transactional, this.directives.lockTimeout(),
				this.directives.statementTimeout(), this.directives.accepted(), this.irreversible, this.statements,
				script);
	}

}
