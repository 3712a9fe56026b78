package io.veza.migrations.crash;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.veza.migrations.engine.Migrator;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RestoreRequest;
import io.veza.migrations.testsupport.Migrators;
import io.veza.migrations.testsupport.TestDatabase;

/**
 * One database in which a rollback with a backup is killed, perhaps twice, and asked for
 * again; then what was destroyed is looked for in the backup, and brought back.
 */
final class KilledRollback {

	/** Phases of a transaction that a killed process cannot have committed. */
	private static final Set<Phase> UNCOMMITTED = EnumSet.of(Phase.TRIAL, Phase.KEEP, Phase.DOWN, Phase.VERIFY);

	private static final String LEFT_OVER = """
			SELECT coalesce(c.relname, 'nothing'), coalesce(b.backup_table, 'not in the catalogue')
			FROM (SELECT relname
				FROM pg_class
				WHERE relnamespace = 'veza_backup'::regnamespace AND relkind = 'r' AND relname <> 'backups') c
			FULL JOIN (SELECT backup_table FROM veza_backup.backups WHERE backup_table IS NOT NULL) b
				ON b.backup_table = c.relname
			WHERE c.relname IS NULL OR b.backup_table IS NULL""";

	private static final String ORPHANS = """
			SELECT operation_id
			FROM veza_backup.backups
			EXCEPT
			SELECT operation_id
			FROM schema_migration_events
			WHERE operation = 'rollback' AND outcome = 'success'""";

	private static final String HISTORY = """
			SELECT version FROM schema_migrations
			UNION ALL
			SELECT 'progress of ' || version FROM schema_migration_progress""";

	private static final String FINISHED = """
			SELECT version
			FROM schema_migration_events
			WHERE operation = 'rollback' AND phase = 'finished' AND outcome = 'success'
			ORDER BY version""";

	/** The last DOWN of each transaction. */
	private static final String TOLD = """
			SELECT version
			FROM schema_migration_events
			WHERE operation = 'rollback' AND version IN ('002', '004') AND outcome = 'success'
				AND backup LIKE '%veza_backup%'
			ORDER BY version""";

	private static final String UNFINISHED = """
			SELECT count(DISTINCT s.operation_id)
			FROM schema_migration_events s
			WHERE s.operation = 'rollback' AND s.phase = 'started' AND NOT EXISTS (
				SELECT 1
				FROM schema_migration_events f
				WHERE f.operation_id = s.operation_id AND f.version = s.version AND f.phase = 'finished')""";

	private static final String OPERATIONS = "SELECT DISTINCT operation_id FROM veza_backup.backups";

	private static final String SEQUENCE = "SELECT last_value, is_called FROM audit_id_seq";

	private final Laboratory laboratory;

	private final TestDatabase database;

	private final Fingerprint before;

	private final KeptRows rows;

	private final List<String> sequence;

	private final List<Hit> hits = new ArrayList<>();

	private final List<String> log = new ArrayList<>();

	private final List<String> wrong = new ArrayList<>();

	private KilledRollback(Laboratory laboratory, String template) {
		this.laboratory = laboratory;
		this.database = laboratory.database(template);
		this.before = Fingerprint.of(this.database);
		this.rows = KeptRows.live(this.database);
		this.sequence = this.database.query(SEQUENCE);
	}

	/**
	 * Kill a rollback.
	 * @param laboratory where
	 * @param template the name of the database to copy
	 * @param targets when: the second one strikes the rollback that follows the first
	 * @return what happened
	 * @throws IOException if a process cannot be started or read
	 */
	static Scenario.Outcome play(Laboratory laboratory, String template, List<Target> targets) throws IOException {
		KilledRollback rollback = new KilledRollback(laboratory, template);
		try {
			for (Target target : targets) {
				rollback.kill(target);
			}
			rollback.recover();
			rollback.log.addAll(rollback.wrong);
			return new Scenario.Outcome(rollback.hits, false, rollback.wrong.isEmpty(), rollback.log);
		}
		finally {
			rollback.database.drop();
		}
	}

	private void kill(Target target) throws IOException {
		this.log.add("aim: " + target);
		Child child = this.laboratory.start(this.database, Operation.rollbackWithBackup(LossyMigrations.STAYS));
		if (!child.awaitPhase(target)) {
			this.log.add("missed: the run ended before, exit code " + child.finish());
			return;
		}
		child.awaitMoment(target);
		long nanos = System.nanoTime();
		child.kill();
		child.finish();
		Hit hit = Hit.of(Strike.KILL, child.lines(), nanos);
		this.hits.add(hit);
		this.log.add("hit: " + hit);
	}

	private void recover() throws IOException {
		Child child = this.laboratory.start(this.database, Operation.rollbackWithBackup(LossyMigrations.STAYS));
		if (child.finish() != 0) {
			this.wrong.add("The next rollback fails");
			this.wrong.addAll(child.log());
			return;
		}
		expect("applied", List.of(LossyMigrations.STAYS), this.database.query(HISTORY));
		expect("finished", LossyMigrations.GO, this.database.query(FINISHED));
		expect("told of a backup", List.of("002", "004"), this.database.query(TOLD));
		expect("left over", List.of(), this.database.query(LEFT_OVER));
		expect("kept for nothing", List.of(), this.database.query(ORPHANS));
		this.wrong.addAll(KeptRows.kept(this.database).differencesFrom(this.rows));
		checkUnfinished();
		restore();
	}

	/** A start without an end tells of a kill. */
	private void checkUnfinished() {
		int unfinished = Integer.parseInt(this.database.query(UNFINISHED).get(0));
		long certain = this.hits.stream()
			.filter((hit) -> hit.moment() == Hit.Moment.IN_IT && UNCOMMITTED.contains(hit.phase()))
			.count();
		if (unfinished < certain || unfinished > this.hits.size()) {
			this.wrong.add(unfinished + " rollbacks began without an end");
		}
	}

	private void restore() {
		try (Migrator migrator = Migrators.migrator(this.laboratory.folder(), this.database)) {
			migrator.migrate(MigrateRequest.all().releasingHeld());
			this.database.query(OPERATIONS)
				.forEach((operation) -> migrator.restore(new RestoreRequest(null, Migrators.OPERATOR)));
		}
		this.wrong.addAll(KeptRows.live(this.database).differencesFrom(this.rows));
		expect("the sequence", this.sequence, this.database.query(SEQUENCE));
		Fingerprint.of(this.database)
			.differencesFrom(this.before)
			.stream()
			.filter((line) -> !line.substring(2).startsWith("events"))
			.forEach(this.wrong::add);
	}

	private void expect(String what, List<String> expected, List<String> found) {
		if (!Objects.equals(expected, found)) {
			this.wrong.add(what + ": " + found + " and not " + expected);
		}
	}

}
