package io.veza.migrations.rehearsal.findings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.Finding;
import io.veza.migrations.SqlFailure;
import io.veza.migrations.rehearsal.RehearsedSection;
import io.veza.migrations.rehearsal.StatementEffect;
import io.veza.migrations.rehearsal.StatementEffect.Observation;

/**
 * Builds a section of a test, whose first statement stands in a given line and each other
 * one in the line below.
 */
final class Sections {

	private final List<StatementEffect> statements = new ArrayList<>();

	private final List<CatalogDifference> changes = new ArrayList<>();

	private final boolean transactional;

	private int line;

	private @Nullable SqlFailure failure;

	private Sections(boolean transactional, int line) {
		this.transactional = transactional;
		this.line = line;
	}

	static Sections transactional() {
		return new Sections(true, 2);
	}

	static Sections nonTransactional() {
		return new Sections(false, 2);
	}

	static Sections down() {
		return new Sections(true, 20);
	}

	/**
	 * Add a statement.
	 * @param effects what it did
	 * @return this
	 */
	Sections statement(Effects... effects) {
		this.statements.add(new StatementEffect(this.statements.size() + 1, "SELECT 1", this.line++, 1,
				Observation.OBSERVED, Duration.ZERO, Arrays.stream(effects).map(Effects::effect).toList(), List.of()));
		return this;
	}

	Sections gone(String kind, String relation) {
		this.changes.add(new CatalogDifference(kind, relation, relation, "before", null));
		return this;
	}

	Sections created(String kind, String relation) {
		this.changes.add(new CatalogDifference(kind, relation, relation, null, "after"));
		return this;
	}

	Sections failed() {
		this.failure = new SqlFailure("001_a.sql", this.line, 1, null, null, "no", null, null, null, null);
		return this;
	}

	RehearsedSection section() {
		return new RehearsedSection(this.transactional, Duration.ZERO, this.statements, this.changes, this.failure);
	}

	/**
	 * Return what a rule finds.
	 * @param rule the rule
	 * @return the findings, in the order in which they were found
	 */
	List<Finding> look(SectionRule rule) {
		Found found = new Found("001_a.sql");
		rule.look(new SectionEffects(section()), found);
		return found.all();
	}

	List<Finding> look(TableRule rule) {
		return look(new TableRules(rule));
	}

}
