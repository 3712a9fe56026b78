package io.veza.migrations.source;

import io.veza.migrations.source.StatementScanner.Piece;

/**
 * What only a client such as psql can do.
 */
final class ClientCommands {

	private ClientCommands() {
	}

	/**
	 * Take the next piece of a file.
	 * @param piece the piece
	 * @param scanner the scanner that found it
	 * @param problems where to add it if it is such a command
	 */
	static void check(Piece piece, StatementScanner scanner, FileProblems problems) {
		if (piece == Piece.META_COMMAND) {
			problems.add(scanner.commentLine(), scanner.commentColumn(), "\"" + scanner.comment().split("\\s", 2)[0]
					+ "\" is a command of psql, which PostgreSQL does not know. Remove it, or write it as SQL.");
		}
		if (piece == Piece.STATEMENT && isCopyToClient(scanner.outline().head())) {
			problems.add(scanner.outline().line(), scanner.outline().column(),
					"COPY … TO STDOUT sends data to a client, and a migration has none. Copy into a table or remove it.");
		}
	}

	private static boolean isCopyToClient(String head) {
		return head.startsWith("COPY ") && head.matches("COPY .* TO (STDIN|STDOUT)\\b.*");
	}

}
