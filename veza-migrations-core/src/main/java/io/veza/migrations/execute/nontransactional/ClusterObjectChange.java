package io.veza.migrations.execute;

import java.sql.Connection;
import java.sql.SQLException;

import io.veza.migrations.StatementSubject.ObjectType;
import io.veza.migrations.catalog.ObjectInspector;

/**
 * Creates or drops something outside of any schema, which is done at once or not at all.
 */
final class ObjectChange implements LoneStatement {

	private static final String EXISTED = "existed";

	private final Connection connection;

	private final String sql;

	private final ObjectType type;

	private final String name;

	private final boolean created;

	private final ObjectInspector inspector = new ObjectInspector();

	ObjectChange(Connection connection, String sql, ObjectType type, String name, boolean created) {
		this.connection = connection;
		this.sql = sql;
		this.type = type;
		this.name = name;
		this.created = created;
	}

	@Override
	public CatalogBefore before() throws SQLException {
		return new CatalogBefore().with(EXISTED, String.valueOf(exists()));
	}

	@Override
	public boolean finished(CatalogBefore before) throws SQLException {
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
