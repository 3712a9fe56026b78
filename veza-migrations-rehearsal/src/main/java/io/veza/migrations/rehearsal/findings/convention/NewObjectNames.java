package io.veza.migrations.rehearsal.findings.convention;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.veza.migrations.rehearsal.effect.CreatedObject;
import io.veza.migrations.rehearsal.effect.CreatedObject.Kind;
import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.rehearsal.findings.FilePosition;
import io.veza.migrations.rehearsal.findings.FindingSubject;
import io.veza.migrations.sql.SqlQuoting;

/**
 * The objects that an UP created or renamed and whose names its author chose, with their
 * place in the file.
 */
final class NewObjectNames {

	private final FindingSubject subject;

	private final FormerObjectNames former;

	NewObjectNames(FindingSubject subject) {
		this.subject = subject;
		this.former = new FormerObjectNames(subject.rehearsed().up());
	}

	/**
	 * Return what has got its name from the author.
	 * @return the objects that were made or renamed, without those that PostgreSQL has
	 * named
	 */
	Stream<CreatedObject> named() {
		return this.subject.created()
			.stream()
			.filter((object) -> !object.generatedName())
			.filter((object) -> !this.former.nameOf(object).equals(Optional.of(object.name())));
	}

	/**
	 * Return the columns that were not there under any name.
	 * @return the columns
	 */
	Stream<CreatedObject> columns() {
		return this.subject.created()
			.stream()
			.filter((object) -> object.kind().isColumn() && this.former.nameOf(object).isEmpty());
	}

	/**
	 * Return where an object was made.
	 * @param object the object
	 * @return the place of the statement that has made it, as far as PostgreSQL tells;
	 * where several may have, that of the first one that mentions its name
	 */
	FilePosition place(CreatedObject object) {
		List<StatementEffect> all = this.subject.rehearsed().up().statements();
		return all.stream()
			.filter((statement) -> makes(statement, object))
			.findFirst()
			.or(() -> mentioned(all.stream().filter((statement) -> touches(statement, object)).toList(), object))
			.or(() -> mentioned(all, object))
			.map(FilePosition::of)
			.orElse(new FilePosition(1, 1));
	}

	private static boolean makes(StatementEffect statement, CreatedObject object) {
		return statement.relations()
			.stream()
			.anyMatch((effect) -> (!effect.existed() && effect.relation().equals(object.identity()))
					|| renames(effect, object) || adds(effect, object));
	}

	private static boolean renames(RelationEffect effect, CreatedObject object) {
		RelationFacts after = effect.after();
		return after != null && !effect.relation().equals(object.identity())
				&& SqlQuoting.identifierIfNeeded(after.schema(), after.name()).equals(object.identity());
	}

	private static boolean adds(RelationEffect effect, CreatedObject object) {
		return effect.before() != null && effect.after() != null && effect.relation().equals(object.relation())
				&& has(effect.after(), object) && !has(effect.before(), object);
	}

	private static boolean has(RelationFacts facts, CreatedObject object) {
		if (object.kind().isColumn()) {
			return facts.columns().stream().anyMatch((column) -> column.name().equals(object.name()));
		}
		if (object.kind() == Kind.CONSTRAINT) {
			return facts.constraints().stream().anyMatch((constraint) -> constraint.name().equals(object.name()));
		}
		return object.kind() == Kind.INDEX
				&& facts.indexes().stream().anyMatch((index) -> index.name().equals(object.name()));
	}

	private static boolean touches(StatementEffect statement, CreatedObject object) {
		return statement.relations()
			.stream()
			.anyMatch((effect) -> Objects.equals(effect.relation(), object.relation()));
	}

	private static Optional<StatementEffect> mentioned(List<StatementEffect> statements, CreatedObject object) {
		return statements.stream()
			.filter((statement) -> statement.sql().contains(object.name()))
			.findFirst()
			.or(() -> statements.stream().findFirst());
	}

}
