package io.veza.migrations.execute.nontransactional;

import java.sql.Connection;

import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.StatementSubject;
import io.veza.migrations.sql.StatementSubject.CreatedObject;
import io.veza.migrations.sql.StatementSubject.DetachedPartition;
import io.veza.migrations.sql.StatementSubject.DroppedIndex;
import io.veza.migrations.sql.StatementSubject.DroppedObject;
import io.veza.migrations.sql.StatementSubject.NewIndex;
import io.veza.migrations.sql.StatementSubject.RebuiltIndexes;

/**
 * The kinds of statements that refuse a transaction, and what the catalogs tell about
 * each.
 */
final class UntransactionalStatementKinds {

	private final Connection connection;

	UntransactionalStatementKinds(Connection connection) {
		this.connection = connection;
	}

	UntransactionalStatement of(SqlStatement statement) {
		StatementSubject subject = statement.subject();
		String sql = statement.sql();
		if (subject instanceof NewIndex index) {
			return new ConcurrentIndexBuild(this.connection, sql, index);
		}
		if (subject instanceof DroppedIndex index) {
			return new ConcurrentIndexDrop(this.connection, sql, index);
		}
		if (subject instanceof RebuiltIndexes) {
			return new ConcurrentIndexRebuild(this.connection, sql);
		}
		if (subject instanceof DetachedPartition partition) {
			return new ConcurrentPartitionDetachment(this.connection, sql, partition);
		}
		if (subject instanceof CreatedObject object) {
			return new ClusterObjectChange(this.connection, sql, object.type(), object.name(), true);
		}
		if (subject instanceof DroppedObject object) {
			return new ClusterObjectChange(this.connection, sql, object.type(), object.name(), false);
		}
		return new RepeatableStatement(sql);
	}

	/**
	 * Return what left something behind, when the statement itself may have been changed
	 * since.
	 * @param before what was remembered before it was sent
	 * @return the statement, of which only {@link UntransactionalStatement#leftovers} is
	 * of use
	 */
	UntransactionalStatement remembered(StatementCatalogFacts before) {
		UntransactionalStatement build = ConcurrentIndexBuild.remembered(this.connection, before);
		UntransactionalStatement rebuild = ConcurrentIndexRebuild.remembered(this.connection, before);
		return (build != null) ? build : (rebuild != null) ? rebuild : new RepeatableStatement("");
	}

}
