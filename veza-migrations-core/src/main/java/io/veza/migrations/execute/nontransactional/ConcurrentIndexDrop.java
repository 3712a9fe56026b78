package io.veza.migrations.execute.nontransactional;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

import io.veza.migrations.catalog.IndexActivity;
import io.veza.migrations.catalog.IndexInspector;
import io.veza.migrations.sql.StatementSubject.DroppedIndex;

/**
 * {@code DROP INDEX CONCURRENTLY}, which leaves the index invalid when it is interrupted,
 * and then has to be run again.
 */
final class ConcurrentIndexDrop implements UntransactionalStatement {

	private static final String INDEX = "dropped-index";

	private final Connection connection;

	private final String sql;

	private final DroppedIndex subject;

	private final IndexInspector inspector = new IndexInspector();

	ConcurrentIndexDrop(Connection connection, String sql, DroppedIndex subject) {
		this.connection = connection;
		this.sql = sql;
		this.subject = subject;
	}

	@Override
	public StatementCatalogFacts before() throws SQLException {
		Set<Long> found = this.inspector.find(this.connection, this.subject.index())
			.map(IndexActivity::oid)
			.map(Set::of)
			.orElse(Set.of());
		return new StatementCatalogFacts().with(INDEX, found);
	}

	@Override
	public boolean finished(StatementCatalogFacts before) throws SQLException {
		Set<Long> dropped = before.oids(INDEX);
		return !dropped.isEmpty() && this.inspector.states(this.connection, dropped).isEmpty()
				&& this.inspector.find(this.connection, this.subject.index()).isEmpty();
	}

	@Override
	public String sql() {
		return this.sql;
	}

}
