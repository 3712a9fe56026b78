package io.veza.migrations.source.statement;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.source.statement.SqlStatementScanner.ScannedPiece;
import io.veza.migrations.source.text.SourceTextCursor;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SqlStatementScanner}.
 */
class SqlStatementScannerTests {

	@Test
	void sectionBeginsWithTheCommentsThatTheFormatNames() {
		assertThat(pieces("-- note\n--- next\nSELECT 1;\n")).containsExactly("COMMENT -- note",
				"SECTION_START --- next", "STATEMENT SELECT 1");
	}

	@Test
	void sectionStartEndsAStatementWithoutSemicolon() {
		assertThat(pieces("SELECT 1\n--- next\nSELECT 2")).containsExactly("STATEMENT SELECT 1",
				"SECTION_START --- next", "STATEMENT SELECT 2");
	}

	@Test
	void sectionStartStandsAloneOnItsLine() {
		assertThat(pieces("SELECT 1; --- next\n")).containsExactly("STATEMENT SELECT 1", "COMMENT --- next");
	}

	@Test
	void fileWithoutSectionsHasNoSectionStart() {
		SourceTextCursor source = open("--- next\nSELECT 1;");

		assertThat(pieces(new SqlStatementScanner(source, CurrentStatementText.kept())))
			.containsExactly("COMMENT --- next", "STATEMENT SELECT 1");
	}

	private static List<String> pieces(String text) {
		return pieces(new SqlStatementScanner(open(text), CurrentStatementText.kept(),
				(comment) -> comment.startsWith("---")));
	}

	private static List<String> pieces(SqlStatementScanner scanner) {
		List<String> pieces = new ArrayList<>();
		for (ScannedPiece piece = scanner.next(); piece != ScannedPiece.END; piece = scanner.next()) {
			pieces.add(piece + " " + ((piece == ScannedPiece.STATEMENT) ? scanner.sql() : scanner.comment()));
		}
		return pieces;
	}

	private static SourceTextCursor open(String text) {
		return SourceTextCursor.open("f.sql", new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)));
	}

}
