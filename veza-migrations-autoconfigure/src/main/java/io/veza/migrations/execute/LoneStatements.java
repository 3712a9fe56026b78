package io.veza.migrations.execute;

import java.sql.Connection;

import io.veza.migrations.SqlStatement;
import io.veza.migrations.StatementSubject;
import io.veza.migrations.StatementSubject.CreatedObject;
import io.veza.migrations.StatementSubject.DetachedPartition;
import io.veza.migrations.StatementSubject.DroppedIndex;
import io.veza.migrations.StatementSubject.DroppedObject;
import io.veza.migrations.StatementSubject.NewIndex;
import io.veza.migrations.StatementSubject.RebuiltIndexes;

/**
 * Knows for each statement that refuses a transaction what the catalogs tell about it.
 */
final class LoneStatements {

	private final Connection connection;

	LoneStatements(Connection connection) {
		this.connection = connection;
	}

	LoneStatement of(SqlStatement statement) {
		StatementSubject subject = statement.subject();
		String sql = statement.sql();
		if (subject instanceof NewIndex index) {
			return new IndexBuild(this.connection, sql, index);
		}
		if (subject instanceof DroppedIndex index) {
			return new IndexDrop(this.connection, sql, index);
		}
		if (subject instanceof RebuiltIndexes) {
			return new IndexRebuild(this.connection, sql);
		}
		if (subject instanceof DetachedPartition partition) {
			return new PartitionDetachment(this.connection, sql, partition);
		}
		if (subject instanceof CreatedObject object) {
			return new ObjectChange(this.connection, sql, object.type(), object.name(), true);
		}
		if (subject instanceof DroppedObject object) {
			return new ObjectChange(this.connection, sql, object.type(), object.name(), false);
		}
		return new RepeatableStatement(sql);
	}

	/**
	 * Return what left something behind, when the statement itself may have been changed
	 * since.
	 * @param before what was remembered before it was sent
	 * @return the statement, of which only {@link LoneStatement#leftovers} is of use
	 */
	LoneStatement remembered(CatalogBefore before) {
		LoneStatement build = IndexBuild.remembered(this.connection, before);
		LoneStatement rebuild = IndexRebuild.remembered(this.connection, before);
		return (build != null) ? build : (rebuild != null) ? rebuild : new RepeatableStatement("");
	}

}
