package io.veza.migrations.rehearsal.findings.convention;

import io.veza.migrations.rehearsal.effect.CreatedObject;
import io.veza.migrations.rehearsal.effect.CreatedObject.Kind;
import io.veza.migrations.rehearsal.findings.FilePosition;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.FindingSubject;
import io.veza.migrations.rehearsal.findings.MigrationRule;
import org.jspecify.annotations.Nullable;

/**
 * The rule that finds indexes that are not called {@code idx_{table}_{columns}} or
 * {@code idx_{table}_{purpose}}.
 */
public final class IndexNameRule implements MigrationRule {

	@Override
	public void check(FindingSubject subject, FindingCollector found) {
		NewObjectNames novelties = new NewObjectNames(subject);
		novelties.named()
			.filter((object) -> object.kind() == Kind.INDEX && !object.unique())
			.forEach((index) -> check(found, novelties, index, index.table()));
	}

	private static void check(FindingCollector found, NewObjectNames novelties, CreatedObject index,
			@Nullable String table) {
		if (table == null || NamingConvention.beginsWith(index.name(), "idx", table)) {
			return;
		}
		FilePosition place = novelties.place(index);
		found.add(FindingCode.INDEX_NAME, FindingCode.INDEX_NAME.severity(), place.line(), place.column(),
				index.relation(),
				new Text(
						"The index \"%s\"%s is not called idx_%s_ and its columns or its purpose."
							.formatted(index.name(), OwningTableText.of(index), table),
						"Who reads the name in a plan or in an error does not know the table and what the index is for.",
						RenameAdvice.advice(index, NamingConvention.conventional("idx", table, index.columns()))));
	}

}
