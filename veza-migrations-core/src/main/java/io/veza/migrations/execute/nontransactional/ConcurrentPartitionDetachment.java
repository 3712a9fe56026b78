package io.veza.migrations.execute.nontransactional;

import java.sql.Connection;
import java.sql.SQLException;

import io.veza.migrations.catalog.ObjectInspector;
import io.veza.migrations.sql.StatementSubject.DetachedPartition;

/**
 * {@code DETACH PARTITION CONCURRENTLY}, which is completed with {@code FINALIZE} when it
 * was interrupted between its two transactions.
 */
final class ConcurrentPartitionDetachment implements UntransactionalStatement {

	private static final String ATTACHED = "attached-partition";

	private final Connection connection;

	private final String sql;

	private final DetachedPartition subject;

	private final ObjectInspector inspector = new ObjectInspector();

	ConcurrentPartitionDetachment(Connection connection, String sql, DetachedPartition subject) {
		this.connection = connection;
		this.sql = sql;
		this.subject = subject;
	}

	@Override
	public StatementCatalogFacts before() throws SQLException {
		return new StatementCatalogFacts().with(ATTACHED, isAttached() ? this.subject.partition() : null);
	}

	@Override
	public boolean finished(StatementCatalogFacts before) throws SQLException {
		return before.has(ATTACHED) && !isAttached();
	}

	@Override
	public String sql() throws SQLException {
		boolean pending = this.inspector.isDetachPending(this.connection, this.subject.parent(),
				this.subject.partition());
		return pending
				? "ALTER TABLE " + this.subject.parent() + " DETACH PARTITION " + this.subject.partition() + " FINALIZE"
				: this.sql;
	}

	private boolean isAttached() throws SQLException {
		return this.inspector.isPartition(this.connection, this.subject.parent(), this.subject.partition());
	}

}
