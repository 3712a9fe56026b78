package io.veza.migrations.rehearsal;

import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.Migration;
import io.veza.migrations.Reversibility;
import io.veza.migrations.catalog.CatalogSnapshot;
import io.veza.migrations.rehearsal.effect.CreatedObject;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.effect.RehearsedMigration.ChangeKind;
import io.veza.migrations.rehearsal.effect.RehearsedMigration.SecondTime;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.RowDifference;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.rehearsal.effect.SuspectRow;
import io.veza.migrations.rehearsal.findings.FindingSubject;
import io.veza.migrations.rehearsal.findings.judge.MigrationJudge;
import io.veza.migrations.rehearsal.observe.CreatedObjectReader;
import io.veza.migrations.rehearsal.observe.KnownTableRows;
import io.veza.migrations.rehearsal.observe.SchemaRestoration;
import io.veza.migrations.rehearsal.observe.SuspectRowReader;
import io.veza.migrations.rehearsal.section.ScratchSessions;
import io.veza.migrations.sql.MigrationSection;

/**
 * The rehearsal of one migration after the other on one scratch database.
 */
final class MigrationRehearser {

	private final ScratchSessions scratch;

	private final Set<String> referenceTables;

	private final MigrationJudge judge;

	private CatalogSnapshot catalog;

	private KnownTableRows rows;

	private boolean settled = true;

	/**
	 * Create a new instance.
	 * @param scratch the database, in which everything before the first migration is
	 * applied
	 * @param referenceTables the tables into which migrations may insert rows
	 * @param judge judges what was seen
	 * @throws SQLException if the server refuses something of ours
	 */
	MigrationRehearser(ScratchSessions scratch, Set<String> referenceTables, MigrationJudge judge) throws SQLException {
		this.scratch = scratch;
		this.referenceTables = referenceTables;
		this.judge = judge;
		this.catalog = scratch.observer().snapshotReader().take();
		this.rows = KnownTableRows.read(scratch.observer().connection());
	}

	/**
	 * Return whether the last migration has left the database as a single UP would.
	 * @return whether it has
	 */
	boolean isSettled() {
		return this.settled;
	}

	/**
	 * Rehearse a migration.
	 * @param migration the migration
	 * @return what was seen
	 * @throws SQLException if the server refuses something of ours
	 */
	RehearsedMigration rehearse(Migration migration) throws SQLException {
		this.settled = false;
		CatalogSnapshot before = this.catalog;
		String since = this.scratch.observer().nextTransaction();
		RehearsedSection up = run(migration, migration.up());
		List<CreatedObject> created = CreatedObjectReader.read(this.scratch.observer().connection(), up.changes());
		List<SuspectRow> suspects = SuspectRowReader.read(this.scratch.observer().connection(), insertedInto(up),
				since);
		RehearsedMigration rehearsed = rehearse(migration, up, before);
		return rehearsed.with(this.judge.of(new FindingSubject(rehearsed, created, suspects, this.referenceTables)));
	}

	private RehearsedMigration rehearse(Migration migration, RehearsedSection up, CatalogSnapshot before)
			throws SQLException {
		if (up.failure() != null) {
			return new RehearsedMigration(migration, Reversibility.UP_FAILED, up, null, null, List.of(), List.of(),
					SecondTime.NOT_RUN, kinds(up), List.of());
		}
		if (migration.reversible()) {
			return backAndForth(migration, up, before);
		}
		this.settled = true;
		this.rows = this.rows.readAgain(this.scratch.observer().connection(), List.of(up));
		List<CatalogDifference> left = before.differences(this.catalog);
		return new RehearsedMigration(migration, SchemaRestoration.of(left), up, null, null, left, List.of(),
				SecondTime.NOT_RUN, kinds(up), List.of());
	}

	private RehearsedMigration backAndForth(Migration migration, RehearsedSection up, CatalogSnapshot before)
			throws SQLException {
		CatalogSnapshot afterUp = this.catalog;
		RehearsedSection down = run(migration, migration.down());
		if (down.failure() != null) {
			this.settled = down.transactional();
			this.rows = this.rows.readAgain(this.scratch.observer().connection(), List.of(up));
			return new RehearsedMigration(migration, Reversibility.DOWN_FAILED, up, down, null, List.of(), List.of(),
					SecondTime.NOT_RUN, kinds(up), List.of());
		}
		List<CatalogDifference> left = before.differences(this.catalog);
		KnownTableRows afterDown = this.rows.readAgain(this.scratch.observer().connection(), List.of(up, down));
		List<RowDifference> data = this.rows.differences(afterDown);
		RehearsedSection again = run(migration, migration.up());
		SecondTime secondTime = secondTime(again, afterUp);
		this.settled = secondTime == SecondTime.SAME;
		this.rows = afterDown.readAgain(this.scratch.observer().connection(), List.of(up, down, again));
		return new RehearsedMigration(migration, SchemaRestoration.of(left), up, down, again, left, data, secondTime,
				kinds(up), List.of());
	}

	/** A section that failed in a transaction has left nothing. */
	private RehearsedSection run(Migration migration, MigrationSection section) throws SQLException {
		RehearsedSection run = this.scratch.run(migration.file(), section);
		if (run.failure() != null && run.transactional()) {
			return run;
		}
		CatalogSnapshot before = this.catalog;
		this.catalog = this.scratch.observer().snapshotReader().take();
		return run.with(before.differences(this.catalog));
	}

	private SecondTime secondTime(RehearsedSection again, CatalogSnapshot afterUp) {
		if (again.failure() != null) {
			return SecondTime.FAILED;
		}
		return (SchemaRestoration.of(afterUp.differences(this.catalog)) == Reversibility.NO) ? SecondTime.DIFFERENT
				: SecondTime.SAME;
	}

	private static Set<String> insertedInto(RehearsedSection section) {
		return section.statements()
			.stream()
			.flatMap((statement) -> statement.relations().stream())
			.filter((relation) -> relation.rowsInserted() > 0)
			.map(RelationEffect::relation)
			.collect(Collectors.toSet());
	}

	private static Set<ChangeKind> kinds(RehearsedSection up) {
		EnumSet<ChangeKind> kinds = EnumSet.noneOf(ChangeKind.class);
		up.changes().stream().map(MigrationRehearser::kind).forEach(kinds::add);
		if (up.statements().stream().anyMatch(StatementEffect::writes)) {
			kinds.add(ChangeKind.DATA);
		}
		return kinds;
	}

	private static ChangeKind kind(CatalogDifference change) {
		return switch (change.kind()) {
			case "index" -> ChangeKind.INDEX;
			case "constraint" -> ChangeKind.CONSTRAINT;
			default -> ChangeKind.SCHEMA;
		};
	}

}
