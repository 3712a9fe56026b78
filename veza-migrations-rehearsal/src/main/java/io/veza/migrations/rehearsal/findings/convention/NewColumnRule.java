package io.veza.migrations.rehearsal.findings;

import java.util.Objects;
import java.util.Optional;

import io.veza.migrations.rehearsal.CreatedObject;
import io.veza.migrations.rehearsal.findings.Found.Text;

/**
 * Looks at the new columns of tables.
 */
abstract class ColumnRule implements FindingRule {

	private final FindingCode code;

	ColumnRule(FindingCode code) {
		this.code = code;
	}

	@Override
	public final void look(FindingSubject subject, Found found) {
		Novelties novelties = new Novelties(subject);
		novelties.columns()
			.forEach((column) -> look(column, Objects.requireNonNull(column.type())).ifPresent((text) -> {
				FilePlace place = novelties.place(column);
				found.add(this.code, this.code.severity(), place.line(), place.column(), column.relation(), text);
			}));
	}

	/**
	 * Look at a column.
	 * @param column the column
	 * @param type its type
	 * @return what is found, or empty
	 */
	abstract Optional<Text> look(CreatedObject column, String type);

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
