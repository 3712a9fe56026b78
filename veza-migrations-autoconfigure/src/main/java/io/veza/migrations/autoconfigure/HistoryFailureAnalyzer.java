package io.veza.migrations.autoconfigure;

import io.veza.migrations.HistoryException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains what is wrong with the tables that hold the history.
 */
final class HistoryFailureAnalyzer extends AbstractFailureAnalyzer<HistoryException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, HistoryException cause) {
		String title = cause.advice().isPresent() ? "Migrations cannot run"
				: "The history of the migrations cannot be used";
		return new FailureAnalysis(title + ":\n\n" + cause.problem(), cause.advice()
			.orElse("Look at the tables that veza.migrations.schema, table, events-table and progress-table name, and at "
					+ "the privileges of the user that migrates."),
				cause);
	}

}
