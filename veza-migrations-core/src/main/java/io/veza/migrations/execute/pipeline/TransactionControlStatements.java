package io.veza.migrations.execute.pipeline;

/**
 * The statements that open and close transactions, and set what lasts as long as one.
 */
public final class TransactionControlStatements {

	public static final String BEGIN = "BEGIN";

	/** For transactions of our own, whatever the default of the session is. */
	public static final String BEGIN_READ_WRITE = "BEGIN READ WRITE";

	/** So that each statement of a rollback sees what others have committed before it. */
	public static final String BEGIN_READ_COMMITTED = "BEGIN ISOLATION LEVEL READ COMMITTED";

	public static final String COMMIT = "COMMIT";

	public static final String ROLLBACK = "ROLLBACK";

	/** Sets for the session. */
	public static final String SET = "SET";

	/** Sets for the transaction. */
	public static final String SET_LOCAL = "SET LOCAL";

	private TransactionControlStatements() {
	}

}
