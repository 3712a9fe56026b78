package io.veza.migrations.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.veza.migrations.MigrationSection;
import io.veza.migrations.SqlScript;

/**
 * Gathers what a section says about itself and checks its rules, while the file is read.
 */
final class SectionParser {

	private static final List<String> KEYS = List.of("Migration", "Description", "Author", "Date", "Rollback");

	private static final String IRREVERSIBLE = "irreversible";

	private final Marker marker;

	private final FileProblems problems;

	private final Map<String, String> metadata = new LinkedHashMap<>();

	private final Directives directives;

	private final TransactionBlocks blocks;

	private @Nullable String irreversible;

	/** Whether no token was read yet. */
	private boolean leading = true;

	private int statements;

	SectionParser(Marker marker, FileProblems problems) {
		this.marker = marker;
		this.problems = problems;
		this.directives = new Directives(problems);
		this.blocks = new TransactionBlocks(marker, problems.file());
	}

	/**
	 * Take the next piece of the section.
	 * @param piece the piece
	 * @param scanner the scanner that found it
	 */
	void accept(StatementScanner.Piece piece, StatementScanner scanner) {
		this.leading = this.leading && !scanner.isInStatement();
		ClientCommands.check(piece, scanner, this.problems);
		switch (piece) {
			case COMMENT -> comment(scanner.commentLine(), HeaderLine.of(scanner.comment()));
			case STATEMENT -> statement(scanner.outline());
			case META_COMMAND, MARKER, END -> {
			}
		}
	}

	private void statement(StatementOutline statement) {
		this.leading = false;
		this.statements++;
		this.blocks.add(statement);
	}

	private void comment(int line, @Nullable HeaderLine header) {
		if (header == null) {
			return;
		}
		if (this.leading) {
			header(line, header);
		}
		else if (Directives.isDirective(header)) {
			this.problems.add(line, 0, "A directive has no effect behind a statement. Move it to the lines below \""
					+ this.marker.text() + "\".");
		}
	}

	private void header(int line, HeaderLine header) {
		if (Directives.isDirective(header)) {
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
		if (this.marker == Marker.UP) {
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
		boolean transactional = !this.directives.transactionOff() && !this.blocks.refusing();
		this.blocks.check(transactional, this.problems);
		return new MigrationSection(this.metadata, transactional, this.directives.lockTimeout(),
				this.directives.statementTimeout(), this.directives.accepted(), this.irreversible, this.statements,
				script);
	}

}
