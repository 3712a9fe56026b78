package io.veza.migrations.rehearsal.findings;

import io.veza.migrations.rehearsal.CreatedObject;
import io.veza.migrations.rehearsal.CreatedObject.Kind;
import io.veza.migrations.rehearsal.findings.Found.Text;
import org.jspecify.annotations.Nullable;

/**
 * Finds indexes that are not called {@code idx_{table}_{columns}} or
 * {@code idx_{table}_{purpose}}.
 */
final class IndexNameRule implements FindingRule {

	@Override
	public void look(FindingSubject subject, Found found) {
		Novelties novelties = new Novelties(subject);
		novelties.named()
			.filter((object) -> object.kind() == Kind.INDEX && !object.unique())
			.forEach((index) -> look(found, novelties, index, index.table()));
	}

	private static void look(Found found, Novelties novelties, CreatedObject index, @Nullable String table) {
		if (table == null || Names.beginsWith(index.name(), "idx", table)) {
			return;
		}
		FilePlace place = novelties.place(index);
		found.add(FindingCode.INDEX_NAME, FindingCode.INDEX_NAME.severity(), place.line(), place.column(),
				index.relation(),
				new Text(
						"The index \"%s\"%s is not called idx_%s_ and its columns or its purpose."
							.formatted(index.name(), Owner.of(index), table),
						"Who reads the name in a plan or in an error does not know the table and what the index is for.",
						Renaming.advice(index, Names.conventional("idx", table, index.columns()))));
	}

}
