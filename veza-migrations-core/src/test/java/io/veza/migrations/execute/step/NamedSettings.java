package io.veza.migrations.execute.step;

import java.sql.Connection;
import java.util.List;
import java.util.Optional;

import io.veza.migrations.session.SessionSettings;
import io.veza.migrations.sql.SqlStatement;

/**
 * Settings of a session whose SQL is the name of what it is for.
 *
 * @param lasting whether the session belongs to the run alone
 */
record NamedSettings(boolean lasting) implements SessionSettings {

	@Override
	public List<String> beforeTransaction() {
		return List.of("before transaction");
	}

	@Override
	public List<String> afterBegin() {
		return List.of("after begin");
	}

	@Override
	public List<String> betweenSteps() {
		return List.of("between steps");
	}

	@Override
	public List<String> beforeRecord() {
		return List.of("before record");
	}

	@Override
	public List<String> beforeRollback() {
		return List.of("before rollback");
	}

	@Override
	public List<String> prepareCheck() {
		return List.of("prepare check");
	}

	@Override
	public Optional<String> refusal(SqlStatement statement, boolean inBlock) {
		return Optional.empty();
	}

	@Override
	public List<String> restoration(Connection connection) {
		return List.of();
	}

	@Override
	public void restore(Connection connection) {
	}

}
