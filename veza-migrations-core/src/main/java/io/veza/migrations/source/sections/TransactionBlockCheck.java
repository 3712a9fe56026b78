package io.veza.migrations.source.sections;

import io.veza.migrations.source.statement.StatementOutline;
import io.veza.migrations.source.text.FileProblemCollector;
import io.veza.migrations.sql.SqlStatement.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A check of the transaction blocks that a section opens and ends itself.
 */
final class TransactionBlockCheck {

	private final SectionMarkerLine section;

	private final FileProblemCollector unbalanced;

	private boolean refusesTransaction;

	/** The first statement that controls transactions. */
	private @Nullable StatementOutline control;

	/** The statement that opened the block which is open. */
	private @Nullable StatementOutline begin;

	TransactionBlockCheck(SectionMarkerLine section, String file) {
		this.section = section;
		this.unbalanced = new FileProblemCollector(file);
	}

	/**
	 * Check the next statement.
	 * @param statement the statement
	 */
	void add(StatementOutline statement) {
		Kind kind = statement.kind();
		if (kind.refusesTransaction()) {
			refuse(statement);
		}
		else if (kind == Kind.BEGIN) {
			begin(statement);
		}
		else if (kind == Kind.COMMIT || kind == Kind.ROLLBACK) {
			end(statement);
		}
	}

	private void refuse(StatementOutline statement) {
		this.refusesTransaction = true;
		if (this.begin != null) {
			unbalanced(statement, statement.name() + " cannot run inside the transaction block that begins on line "
					+ this.begin.line() + ". Move it before the block or behind it.");
		}
	}

	private void begin(StatementOutline statement) {
		control(statement);
		if (this.begin != null) {
			unbalanced(statement, statement.name() + " opens a transaction block inside the one that begins on line "
					+ this.begin.line() + ". End that one before.");
		}
		this.begin = statement;
	}

	private void end(StatementOutline statement) {
		control(statement);
		if (statement.head().endsWith(" AND CHAIN")) {
			unbalanced(statement, statement.name()
					+ " with \"AND CHAIN\" is not supported. Leave that out and write \"BEGIN\" where the next transaction block begins.");
		}
		else if (this.begin == null) {
			unbalanced(statement, statement.name()
					+ " ends a transaction block that nothing opened. Put \"BEGIN\" where it begins, or remove this.");
		}
		this.begin = null;
	}

	private void control(StatementOutline statement) {
		this.control = (this.control != null) ? this.control : statement;
	}

	private void unbalanced(StatementOutline statement, String message) {
		this.unbalanced.add(statement.line(), statement.column(), message);
	}

	/**
	 * Return whether a statement refuses a transaction block.
	 * @return whether the section cannot be transactional
	 */
	boolean refusesTransaction() {
		return this.refusesTransaction;
	}

	/**
	 * Report what is wrong, at the end of the section.
	 * @param transactional whether the section is transactional
	 * @param problems the collector to which its problems are added
	 */
	void check(boolean transactional, FileProblemCollector problems) {
		if (!transactional && this.begin != null) {
			unbalanced(this.begin,
					"The transaction block that begins here has no end in its section. Add \"COMMIT\" behind its last statement.");
		}
		if (transactional && this.control != null) {
			problems.add(this.control.line(), this.control.column(), this.control.name()
					+ " controls transactions, but this section shares one transaction with its history row. "
					+ "Remove it, or write \"-- veza: transaction=off\" below \"" + this.section.text() + "\".");
		}
		if (!transactional) {
			problems.addAll(this.unbalanced.sorted());
		}
	}

}
