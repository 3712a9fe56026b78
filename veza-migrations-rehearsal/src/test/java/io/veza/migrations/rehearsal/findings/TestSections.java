package io.veza.migrations.rehearsal.findings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.rehearsal.effect.StatementEffect.Observation;
import io.veza.migrations.sql.SqlFailure;
import org.jspecify.annotations.Nullable;

/**
 * Builds a section of a test, whose first statement stands in a given line and each other
 * one in the line below.
 */
public final class TestSections {

	private final List<StatementEffect> statements = new ArrayList<>();

	private final List<CatalogDifference> changes = new ArrayList<>();

	private final boolean transactional;

	private int line;

	private @Nullable SqlFailure failure;

	private TestSections(boolean transactional, int line) {
		this.transactional = transactional;
		this.line = line;
	}

	public static TestSections transactional() {
		return new TestSections(true, 2);
	}

	public static TestSections nonTransactional() {
		return new TestSections(false, 2);
	}

	public static TestSections down() {
		return new TestSections(true, 20);
	}

	/**
	 * Add a statement.
	 * @param effects what it did
	 * @return this
	 */
	public TestSections statement(TestEffects... effects) {
		this.statements
			.add(new StatementEffect(this.statements.size() + 1, "SELECT 1", this.line++, 1, Observation.OBSERVED,
					Duration.ZERO, Arrays.stream(effects).map(TestEffects::effect).toList(), List.of()));
		return this;
	}

	public TestSections gone(String kind, String relation) {
		this.changes.add(new CatalogDifference(kind, relation, relation, "before", null));
		return this;
	}

	public TestSections created(String kind, String relation) {
		this.changes.add(new CatalogDifference(kind, relation, relation, null, "after"));
		return this;
	}

	public TestSections failed() {
		this.failure = new SqlFailure("001_a.sql", this.line, 1, null, null, "no", null, null, null, null);
		return this;
	}

	public RehearsedSection section() {
		return new RehearsedSection(this.transactional, Duration.ZERO, this.statements, this.changes, this.failure);
	}

	/**
	 * Return what a rule finds.
	 * @param rule the rule
	 * @return the findings, in the order in which they were found
	 */
	public List<RehearsalFinding> check(SectionRule rule) {
		FindingCollector found = new FindingCollector("001_a.sql");
		rule.check(new ObservedSection(section()), found);
		return found.all();
	}

	public List<RehearsalFinding> check(TableRule rule) {
		return check(new EachTableRule(rule));
	}

}
