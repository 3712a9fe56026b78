package io.veza.migrations.execute.step;

import java.util.List;

/**
 * Statements to be run once before anything is recorded: the history tables are made in
 * the transaction of the first migration, so that its failure leaves nothing behind.
 */
public final class HistoryTablePreparation {

	private List<String> statements;

	/**
	 * Create a new instance.
	 * @param statements the SQL
	 */
	public HistoryTablePreparation(List<String> statements) {
		this.statements = List.copyOf(statements);
	}

	/**
	 * Return what is still to be run.
	 * @return the SQL, none after it was committed
	 */
	public List<String> statements() {
		return this.statements;
	}

	/**
	 * Return whether nothing is left to be run.
	 * @return whether it was committed, or there was nothing
	 */
	public boolean isDone() {
		return this.statements.isEmpty();
	}

	/**
	 * Note that the statements were committed.
	 */
	public void committed() {
		this.statements = List.of();
	}

}
