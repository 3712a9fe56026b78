package io.veza.migrations.rehearsal.findings.convention;

import java.util.Objects;
import java.util.Optional;

import io.veza.migrations.rehearsal.effect.CreatedObject;
import io.veza.migrations.rehearsal.findings.FilePosition;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.FindingSubject;
import io.veza.migrations.rehearsal.findings.MigrationRule;

/**
 * A rule that checks the new columns of tables.
 */
abstract class NewColumnRule implements MigrationRule {

	private final FindingCode code;

	NewColumnRule(FindingCode code) {
		this.code = code;
	}

	@Override
	public final void check(FindingSubject subject, FindingCollector found) {
		NewObjectNames novelties = new NewObjectNames(subject);
		novelties.columns()
			.forEach((column) -> check(column, Objects.requireNonNull(column.type())).ifPresent((text) -> {
				FilePosition place = novelties.place(column);
				found.add(this.code, this.code.severity(), place.line(), place.column(), column.relation(), text);
			}));
	}

	/**
	 * Look at a column.
	 * @param column the column
	 * @param type its type
	 * @return what is found, or empty
	 */
	abstract Optional<Text> check(CreatedObject column, String type);

	/**
	 * Return the definition of a column with another type.
	 * @param column the column
	 * @param type the type
	 * @return its name as SQL writes it, and the type
	 */
	static String definition(CreatedObject column, String type) {
		return column.identity().substring(Objects.requireNonNull(column.relation()).length() + 1) + " " + type;
	}

	/**
	 * Return the words for a column.
	 * @param column the column
	 * @return its name and that of its table
	 */
	static String named(CreatedObject column) {
		return "The column \"%s\" of \"%s\"".formatted(column.name(), column.relation());
	}

}
