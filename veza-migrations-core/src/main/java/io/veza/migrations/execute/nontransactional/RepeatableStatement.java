package io.veza.migrations.execute;

/**
 * A statement of which the catalogs do not tell what became, such as {@code VACUUM}: it
 * is run again.
 *
 * @param sql the statement
 */
record RepeatableStatement(String sql) implements LoneStatement {

	@Override
	public CatalogBefore before() {
		return new CatalogBefore();
	}

	@Override
	public boolean finished(CatalogBefore before) {
		return false;
	}

}
