package io.veza.migrations.rehearsal;

import java.sql.SQLException;

import io.veza.migrations.MigrationSection;
import io.veza.migrations.SqlFailure;
import io.veza.migrations.SqlStatement;
import io.veza.migrations.StatementReader;
import io.veza.migrations.execute.SingleStatements;
import org.jspecify.annotations.Nullable;

/**
 * Runs a section once more that {@link SectionRun} has run on another scratch database of
 * the same rehearsal: nobody needs to look what it does.
 */
final class SectionReplay {

	private final WorkSession work;

	private final String file;

	private final MigrationSection section;

	SectionReplay(WorkSession work, String file, MigrationSection section) {
		this.work = work;
		this.file = file;
		this.section = section;
	}

	/**
	 * Run the section.
	 * @return why it failed, {@code null} if it did not
	 * @throws SQLException if the server refuses something of ours
	 */
	@Nullable SqlFailure run() throws SQLException {
		this.work.reset();
		if (!this.section.transactional()) {
			return statements("SELECT");
		}
		this.work.statements().send("BEGIN");
		SqlFailure failure = statements("COMMIT");
		if (failure != null) {
			this.work.statements().send("ROLLBACK");
		}
		return failure;
	}

	private @Nullable SqlFailure statements(String end) throws SQLException {
		try (StatementReader reader = this.section.script().open()) {
			SqlStatement last = null;
			try {
				while (reader.hasNext()) {
					last = reader.next();
					this.work.statements().send(last, reader);
				}
				this.work.statements().send(end);
				return null;
			}
			catch (SQLException ex) {
				if (last == null) {
					throw ex;
				}
				return SingleStatements.describe(ex, this.file, last, reader);
			}
		}
	}

}
