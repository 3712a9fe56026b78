package io.veza.migrations.source.statement;

import io.veza.migrations.source.statement.SqlStatementScanner.ScannedPiece;
import io.veza.migrations.source.text.FileProblemCollector;

/**
 * A check for commands that only a client such as psql can run.
 */
public final class PsqlCommandCheck {

	private PsqlCommandCheck() {
	}

	/**
	 * Check the next piece of a file.
	 * @param piece the piece
	 * @param scanner the scanner that found it
	 * @param problems the collector to which such a command is added
	 */
	public static void check(ScannedPiece piece, SqlStatementScanner scanner, FileProblemCollector problems) {
		if (piece == ScannedPiece.META_COMMAND) {
			problems.add(scanner.commentLine(), scanner.commentColumn(), "\"" + scanner.comment().split("\\s", 2)[0]
					+ "\" is a command of psql, which PostgreSQL does not know. Remove it, or write it as SQL.");
		}
		if (piece == ScannedPiece.STATEMENT && isCopyToClient(scanner.outline().head())) {
			problems.add(scanner.outline().line(), scanner.outline().column(),
					"COPY … TO STDOUT sends data to a client, and a migration has none. Copy into a table or remove it.");
		}
	}

	private static boolean isCopyToClient(String head) {
		return head.startsWith("COPY ") && head.matches("COPY .* TO (STDIN|STDOUT)\\b.*");
	}

}
