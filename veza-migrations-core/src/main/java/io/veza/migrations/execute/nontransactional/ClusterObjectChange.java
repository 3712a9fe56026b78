package io.veza.migrations.execute.nontransactional;

import java.sql.Connection;
import java.sql.SQLException;

import io.veza.migrations.catalog.ObjectInspector;
import io.veza.migrations.sql.StatementSubject.ObjectType;

/**
 * A statement that creates or drops something outside of any schema, at once or not at
 * all.
 */
final class ClusterObjectChange implements UntransactionalStatement {

	private static final String EXISTED = "existed";

	private final Connection connection;

	private final String sql;

	private final ObjectType type;

	private final String name;

	private final boolean created;

	private final ObjectInspector inspector = new ObjectInspector();

	ClusterObjectChange(Connection connection, String sql, ObjectType type, String name, boolean created) {
		this.connection = connection;
		this.sql = sql;
		this.type = type;
		this.name = name;
		this.created = created;
	}

	@Override
	public StatementCatalogFacts before() throws SQLException {
		return new StatementCatalogFacts().with(EXISTED, String.valueOf(exists()));
	}

	@Override
	public boolean finished(StatementCatalogFacts before) throws SQLException {
		return String.valueOf(!this.created).equals(before.get(EXISTED)) && exists() == this.created;
	}

	@Override
	public String sql() {
		return this.sql;
	}

	private boolean exists() throws SQLException {
		return switch (this.type) {
			case DATABASE -> this.inspector.databaseExists(this.connection, this.name);
			case TABLESPACE -> this.inspector.tablespaceExists(this.connection, this.name);
			case SUBSCRIPTION -> this.inspector.subscriptionExists(this.connection, this.name);
		};
	}

}
