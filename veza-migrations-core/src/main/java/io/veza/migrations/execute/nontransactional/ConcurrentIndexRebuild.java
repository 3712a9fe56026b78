package io.veza.migrations.execute.nontransactional;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.veza.migrations.catalog.IndexActivity;
import io.veza.migrations.catalog.IndexInspector;
import org.jspecify.annotations.Nullable;

/**
 * {@code REINDEX CONCURRENTLY}, which leaves the new or the old one of a pair of indexes
 * when it is interrupted, and can be run again.
 */
final class ConcurrentIndexRebuild implements UntransactionalStatement {

	private static final String INVALID = "invalid-before-reindex";

	private static final Pattern TRANSIENT = Pattern.compile(".*_cc(new|old)\\d*");

	private final Connection connection;

	private final String sql;

	private final IndexInspector inspector = new IndexInspector();

	ConcurrentIndexRebuild(Connection connection, String sql) {
		this.connection = connection;
		this.sql = sql;
	}

	/**
	 * Return the rebuild that was under way when something was remembered.
	 * @param connection the connection
	 * @param before what was remembered
	 * @return the rebuild, {@code null} if it was something else
	 */
	static @Nullable ConcurrentIndexRebuild remembered(Connection connection, StatementCatalogFacts before) {
		return before.has(INVALID) ? new ConcurrentIndexRebuild(connection, "") : null;
	}

	@Override
	public StatementCatalogFacts before() throws SQLException {
		return new StatementCatalogFacts().with(INVALID, this.inspector.invalidIndexes(this.connection));
	}

	@Override
	public boolean finished(StatementCatalogFacts before) {
		return false;
	}

	@Override
	public List<IndexActivity> leftovers(StatementCatalogFacts before) throws SQLException {
		if (!before.has(INVALID)) {
			return List.of();
		}
		Set<Long> added = this.inspector.invalidIndexes(this.connection);
		added.removeAll(before.oids(INVALID));
		return this.inspector.states(this.connection, added)
			.stream()
			.filter((index) -> TRANSIENT.matcher(index.name()).matches())
			.toList();
	}

	@Override
	public String sql() {
		return this.sql;
	}

}
