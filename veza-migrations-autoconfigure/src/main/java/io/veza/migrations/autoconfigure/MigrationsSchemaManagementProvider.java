package io.veza.migrations.autoconfigure;

import javax.sql.DataSource;

import org.springframework.boot.jdbc.SchemaManagement;
import org.springframework.boot.jdbc.SchemaManagementProvider;

/**
 * A provider that tells Hibernate that the schema of the migrated database is managed, so
 * that it does not create one of its own.
 */
final class MigrationsSchemaManagementProvider implements SchemaManagementProvider {

	private final MigratedDatabase database;

	MigrationsSchemaManagementProvider(MigratedDatabase database) {
		this.database = database;
	}

	@Override
	public SchemaManagement getSchemaManagement(DataSource dataSource) {
		return this.database.isReachedBy(dataSource) ? SchemaManagement.MANAGED : SchemaManagement.UNMANAGED;
	}

}
