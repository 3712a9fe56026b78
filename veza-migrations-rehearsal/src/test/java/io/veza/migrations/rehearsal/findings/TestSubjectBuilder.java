package io.veza.migrations.rehearsal.findings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.Migration;
import io.veza.migrations.Migration.Content;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.Reversibility;
import io.veza.migrations.rehearsal.effect.CreatedObject;
import io.veza.migrations.rehearsal.effect.CreatedObject.Kind;
import io.veza.migrations.rehearsal.effect.LockMode;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.effect.RehearsedMigration.SecondTime;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.RelationKind;
import io.veza.migrations.rehearsal.effect.RowDifference;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.rehearsal.effect.StatementEffect.Observation;
import io.veza.migrations.rehearsal.effect.SuspectRow;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.MigrationSection;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlScript;
import io.veza.migrations.sql.StatementReader;
import org.jspecify.annotations.Nullable;

/**
 * Builds what rules look at. The UP begins in line 2, the DOWN in line 20, and each
 * statement stands in a line of its own.
 */
public final class TestSubjectBuilder {

	private RehearsedSection up = section(2);

	private @Nullable RehearsedSection down = section(20);

	private @Nullable String irreversible;

	private @Nullable RehearsedSection again;

	private Reversibility reversibility = Reversibility.EXACT;

	private SecondTime secondTime = SecondTime.SAME;

	private List<CatalogDifference> notRestored = List.of();

	private List<RowDifference> data = List.of();

	private List<CreatedObject> created = List.of();

	private List<SuspectRow> suspects = List.of();

	private Set<String> referenceTables = Set.of();

	public static RehearsedSection section(int line, StatementEffect... statements) {
		List<StatementEffect> placed = new ArrayList<>();
		for (StatementEffect statement : statements) {
			placed.add(new StatementEffect(placed.size() + 1, statement.sql(), line + placed.size(), 1,
					statement.observation(), statement.duration(), statement.relations(), statement.truncatedNames()));
		}
		return new RehearsedSection(true, Duration.ZERO, placed, List.of(), null);
	}

	public static StatementEffect statement(String sql, RelationEffect... relations) {
		return new StatementEffect(1, sql, 1, 1, Observation.OBSERVED, Duration.ZERO, List.of(relations), List.of());
	}

	public static RelationEffect makes(String relation) {
		return effect(relation, RelationKind.TABLE, false, 0, 0, null, null);
	}

	public static RelationEffect reads(String relation, long rows) {
		return effect(relation, RelationKind.TABLE, true, rows, 0, null, null);
	}

	public static RelationEffect inserts(String relation, long rows) {
		return effect(relation, RelationKind.TABLE, true, 0, rows, null, null);
	}

	public static RelationEffect changes(RelationFacts before, RelationFacts after) {
		return effect(before.schema() + "." + before.name(), RelationKind.TABLE, true, 0, 0, before, after);
	}

	public static RelationEffect effect(String relation, RelationKind kind, boolean existed, long read, long inserted,
			@Nullable RelationFacts before, @Nullable RelationFacts after) {
		return new RelationEffect(relation, kind, existed, LockMode.ROW_EXCLUSIVE, true, false, false, 0, read,
				inserted, 0, 0, before, after);
	}

	public static CatalogDifference gone(String kind, String identity, String relation, String definition) {
		return new CatalogDifference(kind, identity, relation, definition, null);
	}

	public static CatalogDifference fresh(String kind, String identity, String relation, String definition) {
		return new CatalogDifference(kind, identity, relation, null, definition);
	}

	public static CreatedObject column(Kind kind, String name, String type) {
		return new CreatedObject(kind, "public.users." + name, "public.users", "users", name.replace("\"", ""), type,
				List.of(), false, false, false, false);
	}

	public static CreatedObject index(String name, boolean unique, boolean simple, String... columns) {
		return new CreatedObject(Kind.INDEX, "public." + name, "public.users", "users", name.replace("\"", ""), null,
				List.of(columns), unique, simple, false, false);
	}

	public TestSubjectBuilder up(StatementEffect... statements) {
		this.up = section(2, statements);
		return this;
	}

	public TestSubjectBuilder up(List<CatalogDifference> changes, StatementEffect... statements) {
		this.up = with(section(2, statements), changes, null);
		return this;
	}

	public TestSubjectBuilder down(List<CatalogDifference> changes, StatementEffect... statements) {
		this.down = with(section(20, statements), changes, null);
		return this;
	}

	public TestSubjectBuilder again(List<CatalogDifference> changes) {
		this.again = with(section(2), changes, null);
		this.secondTime = SecondTime.DIFFERENT;
		return this;
	}

	public TestSubjectBuilder upFails(SqlFailure failure) {
		this.up = with(this.up, List.of(), failure);
		return this;
	}

	public TestSubjectBuilder irreversible() {
		this.irreversible = "the values are gone";
		this.down = null;
		return this;
	}

	public TestSubjectBuilder downFails(SqlFailure failure) {
		this.down = new RehearsedSection(false, Duration.ZERO, List.of(), List.of(), failure);
		return this;
	}

	public TestSubjectBuilder againFails(SqlFailure failure) {
		this.again = with(section(2), List.of(), failure);
		return this;
	}

	public TestSubjectBuilder reversibility(Reversibility reversibility, CatalogDifference... notRestored) {
		this.reversibility = reversibility;
		this.notRestored = List.of(notRestored);
		return this;
	}

	public TestSubjectBuilder data(RowDifference... data) {
		this.data = List.of(data);
		return this;
	}

	public TestSubjectBuilder created(CreatedObject... created) {
		this.created = List.of(created);
		return this;
	}

	public TestSubjectBuilder suspects(SuspectRow... suspects) {
		this.suspects = List.of(suspects);
		return this;
	}

	public TestSubjectBuilder referenceTables(String... tables) {
		this.referenceTables = Set.of(tables);
		return this;
	}

	/**
	 * Return what a rule finds.
	 * @param rule the rule
	 * @return each finding as code, severity, line, relation, and its texts below
	 */
	public List<String> check(MigrationRule rule) {
		FindingCollector found = new FindingCollector("001_a.sql");
		RehearsedMigration rehearsed = new RehearsedMigration(migration(this.irreversible), this.reversibility, this.up,
				this.down, this.again, this.notRestored, this.data, this.secondTime, Set.of(), List.of());
		rule.check(new FindingSubject(rehearsed, this.created, this.suspects, this.referenceTables), found);
		return found.all().stream().map(TestSubjectBuilder::describe).toList();
	}

	private static String describe(RehearsalFinding finding) {
		return "%s %s %s:%d:%d %s\n%s\n%s\n%s".formatted(finding.code(), finding.severity().id(), finding.file(),
				finding.line(), finding.column(), finding.relation(), finding.message(), finding.consequence(),
				finding.rewrite());
	}

	private static RehearsedSection with(RehearsedSection section, List<CatalogDifference> changes,
			@Nullable SqlFailure failure) {
		return new RehearsedSection(section.transactional(), Duration.ZERO, section.statements(), changes, failure);
	}

	private static Migration migration(@Nullable String irreversible) {
		MigrationSection section = section(null);
		Content content = new Content(new Checksum("v1:a"), new Checksum("b"), section, section(irreversible));
		return new Migration(MigrationVersion.of("1"), "a", "001_a.sql", new Checksum("a"), () -> content);
	}

	private static MigrationSection section(@Nullable String irreversible) {
		return new MigrationSection(Map.of(), true, null, null, List.of(), irreversible, 1, new UnreadableScript());
	}

	private static final class UnreadableScript implements SqlScript {

		@Override
		public StatementReader open() {
			throw new UnsupportedOperationException("Rules read no SQL");
		}

		@Override
		public Optional<String> text(int maxBytes) {
			throw new UnsupportedOperationException("Rules read no SQL");
		}

	}

}
