package io.veza.migrations.execute;

import java.util.List;

/**
 * What has to be run once before anything is recorded: the history tables are made in the
 * transaction of the first migration, so that its failure leaves nothing behind.
 */
final class Preparation {

	private List<String> statements;

	Preparation(List<String> statements) {
		this.statements = List.copyOf(statements);
	}

	/**
	 * Return what is still to be run.
	 * @return the SQL, none after it was committed
	 */
	List<String> statements() {
		return this.statements;
	}

	void committed() {
		this.statements = List.of();
	}

}
