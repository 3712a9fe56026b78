package io.veza.migrations.execute.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.execute.RunFence;
import io.veza.migrations.execute.pipeline.TransactionControlStatements;
import io.veza.migrations.history.HistoryWriter;
import io.veza.migrations.session.SessionSettings;
import io.veza.migrations.sql.MigrationSection;

/**
 * The statements of ours that stand in a transaction before and after those of a
 * migration.
 *
 * @param writer writes the history of the run
 * @param settings the settings from which each migration starts
 * @param fence the statements that keep other runs out of each transaction
 * @param timeouts the timeouts of sections
 */
public record TransactionBoundarySql(HistoryWriter writer, SessionSettings settings, RunFence fence,
		SectionStatementTimeouts timeouts) {

	/**
	 * Return what a migration starts with, outside of a transaction.
	 * @return the SQL
	 */
	public List<String> beforeTransaction() {
		List<String> statements = new ArrayList<>(this.settings.beforeTransaction());
		if (this.settings.lasting()) {
			statements.add(this.writer.markStart());
		}
		return statements;
	}

	/**
	 * Return what each transaction begins with.
	 * @return the SQL
	 */
	public List<String> begin() {
		List<String> statements = new ArrayList<>(List.of(TransactionControlStatements.BEGIN));
		statements.addAll(afterBegin());
		return statements;
	}

	/**
	 * Return what follows the beginning of each transaction.
	 * @return the SQL
	 */
	List<String> afterBegin() {
		List<String> statements = new ArrayList<>(this.settings.afterBegin());
		statements.addAll(this.fence.opening());
		if (!this.settings.lasting()) {
			statements.add(this.writer.markStartOfTransaction());
		}
		return statements;
	}

	/**
	 * Return what the next migration of a transaction starts with.
	 * @return the SQL
	 */
	List<String> betweenSteps() {
		List<String> statements = new ArrayList<>(this.settings.betweenSteps());
		statements.add(markStart());
		return statements;
	}

	/**
	 * Return what notes, in a transaction, that a migration begins.
	 * @return the SQL
	 */
	public String markStart() {
		return this.settings.lasting() ? this.writer.markStart() : this.writer.markStartOfTransaction();
	}

	/**
	 * Return what a record is written with.
	 * @param lockTimeout how long it may queue for a lock
	 * @return the SQL
	 */
	public List<String> beforeRecord(Duration lockTimeout) {
		List<String> statements = new ArrayList<>(this.settings.beforeRecord());
		statements.add(TransactionControlStatements.SET_LOCAL + " lock_timeout = " + lockTimeout.toMillis());
		statements.addAll(this.fence.closing());
		return statements;
	}

	/**
	 * Return what a transaction of ours begins with, which only writes to the history.
	 * @param lockTimeout how long it may queue for a lock
	 * @return the SQL
	 */
	List<String> beginRecord(Duration lockTimeout) {
		List<String> statements = new ArrayList<>(List.of(TransactionControlStatements.BEGIN_READ_WRITE));
		statements.addAll(this.settings.afterBegin());
		statements.addAll(beforeRecord(lockTimeout));
		return statements;
	}

	/**
	 * Return what checks that the run still has its lock, before a statement that no
	 * transaction protects.
	 * @return the SQL, none if the lock is that of the session
	 */
	public List<String> requireLock() {
		if (this.fence.closing().isEmpty()) {
			return List.of();
		}
		List<String> statements = new ArrayList<>(List.of(TransactionControlStatements.BEGIN_READ_WRITE));
		statements.addAll(this.settings.afterBegin());
		statements.addAll(this.fence.closing());
		statements.add(TransactionControlStatements.COMMIT);
		return statements;
	}

	/**
	 * Return what the statements of a non-transactional migration start with, outside of
	 * a transaction.
	 * @param section the section
	 * @param minLockTimeout how long to queue for a lock at least
	 * @return the SQL
	 */
	public List<String> beforeStatements(MigrationSection section, Duration minLockTimeout) {
		if (!this.settings.lasting()) {
			return List.of();
		}
		List<String> statements = new ArrayList<>(this.settings.beforeTransaction());
		statements.addAll(timeoutsOfSession(section, minLockTimeout));
		return statements;
	}

	/**
	 * Return what limits the statements of a non-transactional migration, outside of a
	 * transaction.
	 * @param section the section
	 * @param minLockTimeout how long to queue for a lock at least
	 * @return the SQL
	 */
	public List<String> timeoutsOfSession(MigrationSection section, Duration minLockTimeout) {
		return this.settings.lasting()
				? this.timeouts.statements(TransactionControlStatements.SET, section, minLockTimeout) : List.of();
	}

	/**
	 * Return what the transaction of one statement of a non-transactional migration
	 * begins with.
	 * @param section the section
	 * @param minLockTimeout how long to queue for a lock at least
	 * @return the SQL
	 */
	public List<String> beginStatement(MigrationSection section, Duration minLockTimeout) {
		List<String> statements = new ArrayList<>(List.of(TransactionControlStatements.BEGIN));
		statements.addAll(afterBeginOfFile(section, minLockTimeout));
		return statements;
	}

	/**
	 * Return what follows after a file has opened a transaction block.
	 * @param section the section
	 * @param minLockTimeout how long to queue for a lock at least
	 * @return the SQL
	 */
	public List<String> afterBeginOfFile(MigrationSection section, Duration minLockTimeout) {
		List<String> statements = new ArrayList<>(this.settings.afterBegin());
		statements.addAll(this.fence.opening());
		if (!this.settings.lasting()) {
			statements.addAll(timeoutsOfTransaction(section, minLockTimeout));
		}
		return statements;
	}

	/**
	 * Return what limits the statements of a migration in a transaction.
	 * @param section the section
	 * @param minLockTimeout how long to queue for a lock at least
	 * @return the SQL
	 */
	List<String> timeoutsOfTransaction(MigrationSection section, Duration minLockTimeout) {
		return this.timeouts.statements(TransactionControlStatements.SET_LOCAL, section, minLockTimeout);
	}

}
