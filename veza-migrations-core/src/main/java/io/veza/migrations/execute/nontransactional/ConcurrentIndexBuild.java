package io.veza.migrations.execute.nontransactional;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.veza.migrations.catalog.IndexActivity;
import io.veza.migrations.catalog.IndexInspector;
import io.veza.migrations.sql.StatementSubject.NewIndex;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE INDEX CONCURRENTLY}, which leaves an invalid index when it is
 * interrupted.
 */
final class ConcurrentIndexBuild implements UntransactionalStatement {

	private static final String INDEX = "index";

	private static final String TABLE = "new-index-of";

	private static final String KNOWN = "indexes";

	private static final String TOAST = "pg_toast";

	private final Connection connection;

	private final String sql;

	private final NewIndex subject;

	private final IndexInspector inspector = new IndexInspector();

	ConcurrentIndexBuild(Connection connection, String sql, NewIndex subject) {
		this.connection = connection;
		this.sql = sql;
		this.subject = subject;
	}

	/**
	 * Return the build that was under way when something was remembered.
	 * @param connection the connection
	 * @param before what was remembered
	 * @return the build, {@code null} if it was something else
	 */
	static @Nullable ConcurrentIndexBuild remembered(Connection connection, StatementCatalogFacts before) {
		String table = before.get(TABLE);
		return (table != null) ? new ConcurrentIndexBuild(connection, "", new NewIndex(before.get(INDEX), table, false))
				: null;
	}

	@Override
	public StatementCatalogFacts before() throws SQLException {
		return new StatementCatalogFacts().with(INDEX, this.subject.index())
			.with(TABLE, this.subject.table())
			.with(KNOWN, this.inspector.indexesOf(this.connection, this.subject.table()));
	}

	@Override
	public boolean finished(StatementCatalogFacts before) throws SQLException, UnsettledStatementException {
		List<IndexActivity> valid = added(before).stream().filter(IndexActivity::valid).toList();
		if (valid.size() > 1) {
			throw new UnsettledStatementException(
					"The statement was interrupted, and the table has more than one new index "
							+ "since, any of which may be its own: " + InvalidIndexCleanup.names(valid),
					"Drop those that are not wanted, so that one is left or none, and start again.");
		}
		return !valid.isEmpty();
	}

	@Override
	public List<IndexActivity> leftovers(StatementCatalogFacts before) throws SQLException {
		if (this.subject.ifNotExists() && this.subject.index() != null) {
			return namesake().filter((index) -> !index.valid()).stream().toList();
		}
		return added(before).stream().filter((index) -> !index.valid()).toList();
	}

	@Override
	public String sql() {
		return this.sql;
	}

	/**
	 * Return the index that has the name already.
	 * @return the index, empty if the table has none or the statement gives no name
	 * @throws SQLException if the catalogs cannot be read
	 */
	Optional<IndexActivity> namesake() throws SQLException {
		return (this.subject.index() != null)
				? this.inspector.find(this.connection, this.subject.index(), this.subject.table()) : Optional.empty();
	}

	/** Indexes that were created since and may be the statement's. */
	private List<IndexActivity> added(StatementCatalogFacts before) throws SQLException {
		if (!before.has(KNOWN)) {
			return List.of();
		}
		Set<Long> known = before.oids(KNOWN);
		if (this.subject.index() != null) {
			return namesake().filter((index) -> !known.contains(index.oid())).stream().toList();
		}
		Set<Long> added = this.inspector.indexesOf(this.connection, this.subject.table());
		added.removeAll(known);
		return this.inspector.states(this.connection, added)
			.stream()
			.filter((index) -> !TOAST.equals(index.schema()))
			.toList();
	}

}
