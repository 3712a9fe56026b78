package io.veza.migrations.execute.nontransactional;

/**
 * A statement of which the catalogs do not tell what became, such as {@code VACUUM}: it
 * is run again.
 *
 * @param sql the statement
 */
record RepeatableStatement(String sql) implements UntransactionalStatement {

	@Override
	public StatementCatalogFacts before() {
		return new StatementCatalogFacts();
	}

	@Override
	public boolean finished(StatementCatalogFacts before) {
		return false;
	}

}
