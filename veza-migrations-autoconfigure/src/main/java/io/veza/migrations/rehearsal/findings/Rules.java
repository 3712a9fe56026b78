package io.veza.migrations.rehearsal.findings;

import java.util.List;

import io.veza.migrations.Finding;
import io.veza.migrations.rehearsal.RehearsedSection;

/**
 * All that is looked for.
 *
 * @param sections what is looked for in the UP and in the DOWN, in this order: a
 * statement of which worse is said is not named as work under a lock
 * @param deployment what is looked for in the UP only: a DOWN is run to go back to the
 * previous release
 * @param migration what is looked for in the migration as a whole
 */
record Rules(List<SectionRule> sections, List<SectionRule> deployment, List<FindingRule> migration) {

	private static final Rules ALL = new Rules(
			List.of(new TableRules(new IndexBuilt(), new IndexDropped(), new IndexRebuilt(), new CheckAdded(),
					new ForeignKeyAdded(), new KeyAdded(), new NotNullSet(), new TypeChanged(), new FilledColumnAdded(),
					new TableRewritten(), new ViewRefreshed(), new TableTruncated()), new ValidatedAtOnce(),
					new WorkUnderHeavyLock(), new SecondHeavyLock()),
			List.of(new TableRules(new ColumnDropped(), new ColumnRenamed(), new ColumnRequired()), new TableDropped(),
					new TableRenamed()),
			List.of(new FailureRule(), new SchemaNotRestoredRule(), new UnsaidIrreversibilityRule(), new SecondUpRule(),
					new RowsNotRestoredRule(), new InsertedRowsRule(), new TestDataRule(), new SnakeCaseRule(),
					new ReservedNameRule(), new TruncatedNameRule(), new IndexNameRule(), new UniqueNameRule(),
					new TimestampRule(), new SerialRule(), new CharacterRule(), new IntegerKeyRule()));

	Rules {
		sections = List.copyOf(sections);
		deployment = List.copyOf(deployment);
		migration = List.copyOf(migration);
	}

	/**
	 * Return all rules.
	 * @return the rules
	 */
	static Rules all() {
		return ALL;
	}

	/**
	 * Look for all of it.
	 * @param subject the migration
	 * @return what was found, as severe as it is by default
	 */
	List<Finding> look(FindingSubject subject) {
		Found found = new Found(subject.rehearsed().migration().file());
		SectionEffects up = new SectionEffects(subject.rehearsed().up());
		this.sections.forEach((rule) -> rule.look(up, found));
		this.deployment.forEach((rule) -> rule.look(up, found));
		RehearsedSection down = subject.rehearsed().down();
		if (down != null) {
			SectionEffects effects = new SectionEffects(down);
			this.sections.forEach((rule) -> rule.look(effects, found));
		}
		this.migration.forEach((rule) -> rule.look(subject, found));
		return found.all();
	}

}
