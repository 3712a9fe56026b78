package io.veza.migrations.rehearsal.findings;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.veza.migrations.rehearsal.CreatedObject;
import io.veza.migrations.rehearsal.CreatedObject.Kind;
import io.veza.migrations.rehearsal.RelationEffect;
import io.veza.migrations.rehearsal.RelationFacts;
import io.veza.migrations.rehearsal.StatementEffect;

/**
 * What the author of a migration has made and named in its UP, and where.
 */
final class Novelties {

	private final FindingSubject subject;

	private final FormerObjects former;

	Novelties(FindingSubject subject) {
		this.subject = subject;
		this.former = new FormerObjects(subject.rehearsed().up());
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
	FilePlace place(CreatedObject object) {
		List<StatementEffect> all = this.subject.rehearsed().up().statements();
		return all.stream()
			.filter((statement) -> makes(statement, object))
			.findFirst()
			.or(() -> mentioned(all.stream().filter((statement) -> touches(statement, object)).toList(), object))
			.or(() -> mentioned(all, object))
			.map(FilePlace::of)
			.orElse(new FilePlace(1, 1));
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
				&& Identifier.of(after.schema(), after.name()).equals(object.identity());
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
