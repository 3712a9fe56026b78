package io.veza.migrations.rehearsal.findings;

import io.veza.migrations.SqlFailure;
import io.veza.migrations.rehearsal.RehearsedSection;
import io.veza.migrations.rehearsal.StatementEffect;
import org.jspecify.annotations.Nullable;

/**
 * A place in the file of a migration.
 *
 * @param line the line, from 1
 * @param column the column in that line, from 1
 */
record FilePlace(int line, int column) {

	static FilePlace of(StatementEffect statement) {
		return new FilePlace(statement.line(), statement.column());
	}

	static FilePlace of(SqlFailure failure) {
		return new FilePlace(Math.max(failure.line(), 1), Math.max(failure.column(), 1));
	}

	/**
	 * Return where a section begins.
	 * @param section the section
	 * @return the place of its first statement, or that of the file's first line
	 */
	static FilePlace first(@Nullable RehearsedSection section) {
		if (section == null || section.statements().isEmpty()) {
			return new FilePlace(1, 1);
		}
		return of(section.statements().get(0));
	}

}
