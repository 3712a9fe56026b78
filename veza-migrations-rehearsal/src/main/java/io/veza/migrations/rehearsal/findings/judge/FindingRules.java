package io.veza.migrations.rehearsal.findings.judge;

import java.util.List;

import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.findings.EachTableRule;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingSubject;
import io.veza.migrations.rehearsal.findings.MigrationRule;
import io.veza.migrations.rehearsal.findings.ObservedSection;
import io.veza.migrations.rehearsal.findings.SectionRule;
import io.veza.migrations.rehearsal.findings.convention.CharacterColumnRule;
import io.veza.migrations.rehearsal.findings.convention.IndexNameRule;
import io.veza.migrations.rehearsal.findings.convention.IntegerKeyRule;
import io.veza.migrations.rehearsal.findings.convention.ReservedNameRule;
import io.veza.migrations.rehearsal.findings.convention.SerialColumnRule;
import io.veza.migrations.rehearsal.findings.convention.SnakeCaseNameRule;
import io.veza.migrations.rehearsal.findings.convention.TimestampColumnRule;
import io.veza.migrations.rehearsal.findings.convention.TruncatedNameRule;
import io.veza.migrations.rehearsal.findings.convention.UniqueNameRule;
import io.veza.migrations.rehearsal.findings.data.InsertedRowsRule;
import io.veza.migrations.rehearsal.findings.data.TestDataRule;
import io.veza.migrations.rehearsal.findings.deployment.ColumnDroppedRule;
import io.veza.migrations.rehearsal.findings.deployment.ColumnRenamedRule;
import io.veza.migrations.rehearsal.findings.deployment.ColumnRequiredRule;
import io.veza.migrations.rehearsal.findings.deployment.TableDroppedRule;
import io.veza.migrations.rehearsal.findings.deployment.TableRenamedRule;
import io.veza.migrations.rehearsal.findings.lock.CheckAddedRule;
import io.veza.migrations.rehearsal.findings.lock.FilledColumnAddedRule;
import io.veza.migrations.rehearsal.findings.lock.ForeignKeyAddedRule;
import io.veza.migrations.rehearsal.findings.lock.IndexBuiltRule;
import io.veza.migrations.rehearsal.findings.lock.IndexDroppedRule;
import io.veza.migrations.rehearsal.findings.lock.IndexRebuiltRule;
import io.veza.migrations.rehearsal.findings.lock.KeyAddedRule;
import io.veza.migrations.rehearsal.findings.lock.NotNullSetRule;
import io.veza.migrations.rehearsal.findings.lock.SecondHeavyLockRule;
import io.veza.migrations.rehearsal.findings.lock.TableRewrittenRule;
import io.veza.migrations.rehearsal.findings.lock.TableTruncatedRule;
import io.veza.migrations.rehearsal.findings.lock.TypeChangedRule;
import io.veza.migrations.rehearsal.findings.lock.ValidatedAtOnceRule;
import io.veza.migrations.rehearsal.findings.lock.ViewRefreshedRule;
import io.veza.migrations.rehearsal.findings.lock.WorkUnderHeavyLockRule;
import io.veza.migrations.rehearsal.findings.reversibility.RowsNotRestoredRule;
import io.veza.migrations.rehearsal.findings.reversibility.SchemaNotRestoredRule;
import io.veza.migrations.rehearsal.findings.reversibility.SecondUpRule;
import io.veza.migrations.rehearsal.findings.reversibility.SectionFailureRule;
import io.veza.migrations.rehearsal.findings.reversibility.UnsaidIrreversibilityRule;

/**
 * The list of all rules.
 *
 * @param sections what is looked for in the UP and in the DOWN, in this order: a
 * statement of which worse is said is not named as work under a lock
 * @param deployment what is looked for in the UP only: a DOWN is run to go back to the
 * previous release
 * @param migration what is looked for in the migration as a whole
 */
record FindingRules(List<SectionRule> sections, List<SectionRule> deployment, List<MigrationRule> migration) {

	private static final FindingRules ALL = new FindingRules(
			List.of(new EachTableRule(new IndexBuiltRule(), new IndexDroppedRule(), new IndexRebuiltRule(),
					new CheckAddedRule(), new ForeignKeyAddedRule(), new KeyAddedRule(), new NotNullSetRule(),
					new TypeChangedRule(), new FilledColumnAddedRule(), new TableRewrittenRule(),
					new ViewRefreshedRule(), new TableTruncatedRule()), new ValidatedAtOnceRule(),
					new WorkUnderHeavyLockRule(), new SecondHeavyLockRule()),
			List.of(new EachTableRule(new ColumnDroppedRule(), new ColumnRenamedRule(), new ColumnRequiredRule()),
					new TableDroppedRule(), new TableRenamedRule()),
			List.of(new SectionFailureRule(), new SchemaNotRestoredRule(), new UnsaidIrreversibilityRule(),
					new SecondUpRule(), new RowsNotRestoredRule(), new InsertedRowsRule(), new TestDataRule(),
					new SnakeCaseNameRule(), new ReservedNameRule(), new TruncatedNameRule(), new IndexNameRule(),
					new UniqueNameRule(), new TimestampColumnRule(), new SerialColumnRule(), new CharacterColumnRule(),
					new IntegerKeyRule()));

	FindingRules {
		sections = List.copyOf(sections);
		deployment = List.copyOf(deployment);
		migration = List.copyOf(migration);
	}

	/**
	 * Return all rules.
	 * @return the rules
	 */
	static FindingRules all() {
		return ALL;
	}

	/**
	 * Look for all of it.
	 * @param subject the migration
	 * @return what was found, as severe as it is by default
	 */
	List<RehearsalFinding> check(FindingSubject subject) {
		FindingCollector found = new FindingCollector(subject.rehearsed().migration().file());
		ObservedSection up = new ObservedSection(subject.rehearsed().up());
		this.sections.forEach((rule) -> rule.check(up, found));
		this.deployment.forEach((rule) -> rule.check(up, found));
		RehearsedSection down = subject.rehearsed().down();
		if (down != null) {
			ObservedSection effects = new ObservedSection(down);
			this.sections.forEach((rule) -> rule.check(effects, found));
		}
		this.migration.forEach((rule) -> rule.check(subject, found));
		return found.all();
	}

}
