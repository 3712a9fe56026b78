package io.veza.migrations.rehearsal.findings;

import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.sql.SqlFailure;
import org.jspecify.annotations.Nullable;

/**
 * A place in the file of a migration.
 *
 * @param line the line, from 1
 * @param column the column in that line, from 1
 */
public record FilePosition(int line, int column) {

	public static FilePosition of(StatementEffect statement) {
		return new FilePosition(statement.line(), statement.column());
	}

	public static FilePosition of(SqlFailure failure) {
		return new FilePosition(Math.max(failure.line(), 1), Math.max(failure.column(), 1));
	}

	/**
	 * Return where a section begins.
	 * @param section the section
	 * @return the place of its first statement, or that of the file's first line
	 */
	public static FilePosition first(@Nullable RehearsedSection section) {
		if (section == null || section.statements().isEmpty()) {
			return new FilePosition(1, 1);
		}
		return of(section.statements().get(0));
	}

}
