package io.veza.migrations.rehearsal.section;

import java.util.regex.Pattern;

import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlState;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.SqlStatement.Kind;

/**
 * A guard against statements that concern more than their database, as far as that is
 * known before they run.
 *
 * @param file the file as people know it
 * @param disposable whether the server may be spoiled, so that nothing is refused
 */
public record ServerWideGuard(String file, boolean disposable) {

	/**
	 * What is prepared stays for anybody to commit, and keeps its database from going.
	 */
	private static final Pattern PREPARE_TRANSACTION = Pattern.compile("PREPARE\\b", Pattern.CASE_INSENSITIVE);

	/** All else that refuses a transaction concerns more than the database. */
	private static final Pattern OF_ONE_DATABASE = Pattern.compile("(VACUUM|CLUSTER|REINDEX|DISCARD)\\b",
			Pattern.CASE_INSENSITIVE);

	/**
	 * Return whether a statement must not be sent.
	 * @param statement the statement
	 * @return whether it is known to concern the whole server
	 */
	public boolean forbids(SqlStatement statement) {
		boolean alone = statement.kind() == Kind.REFUSES_TRANSACTION
				&& !OF_ONE_DATABASE.matcher(statement.sql()).lookingAt();
		boolean prepares = statement.kind() == Kind.COMMIT && PREPARE_TRANSACTION.matcher(statement.sql()).lookingAt();
		return !this.disposable && (alone || prepares);
	}

	/**
	 * Return the refusal of a statement.
	 * @param statement the statement
	 * @return what people read
	 */
	public SqlFailure refusal(SqlStatement statement) {
		return failure(statement,
				"The statement concerns the whole server, not only its database, so that nothing of it was kept", "");
	}

	/**
	 * Return what became of a statement that could not be refused in time.
	 * @param statement the statement
	 * @param name what it has changed
	 * @return what people read
	 */
	public SqlFailure changed(SqlStatement statement, String name) {
		return failure(statement,
				"The statement commits by itself and has changed the " + name
						+ " of the whole server, unless another session has done that at the same moment",
				"Put that right by hand. ");
	}

	private SqlFailure failure(SqlStatement statement, String message, String firstAdvice) {
		return new SqlFailure(this.file, statement.line(), statement.column(), null, SqlState.CLUSTER_WIDE, message,
				null, null, null, firstAdvice + "Set veza.migrations.rehearsal.url to a server that may be spoiled, "
						+ "and veza.migrations.rehearsal.disposable-server to true.");
	}

}
