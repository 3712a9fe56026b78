package io.veza.migrations.autoconfigure.command.rehearsal;

import javax.sql.DataSource;

import io.veza.migrations.autoconfigure.MigrationsProperties;
import io.veza.migrations.autoconfigure.command.rehearsal.RehearsalProperties.RehearsalScope;
import io.veza.migrations.rehearsal.Rehearsal;
import io.veza.migrations.rehearsal.RehearsalReport;
import io.veza.migrations.rehearsal.scratch.ServerAccess;
import io.veza.migrations.source.MigrationSource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The rehearsal that the properties describe.
 */
final class ConfiguredRehearsal {

	private final DataSource database;

	private final MigrationSource source;

	private final MigrationsProperties migrations;

	private final RehearsalProperties properties;

	private final ResourcePatternResolver resources;

	/**
	 * Create a new instance.
	 * @param database the database that is migrated
	 * @param source where its migrations come from
	 * @param migrations how it is migrated
	 * @param properties how the migrations are rehearsed
	 * @param resources finds the files that the properties name
	 */
	ConfiguredRehearsal(DataSource database, MigrationSource source, MigrationsProperties migrations,
			RehearsalProperties properties, ResourcePatternResolver resources) {
		this.database = database;
		this.source = source;
		this.migrations = migrations;
		this.properties = properties;
		this.resources = resources;
	}

	/**
	 * Rehearse the migrations.
	 * @return what was shown
	 */
	RehearsalReport run() {
		Rehearsal rehearsal = Rehearsal.of(server())
			.source(this.source, this.properties.toOptions(this.migrations, this.resources));
		if (this.properties.migrations() == RehearsalScope.PENDING) {
			rehearsal = rehearsal.pendingIn(this.database);
		}
		if (this.properties.liveUrl() != null) {
			rehearsal = rehearsal.sizesOf(live(this.properties.liveUrl()));
		}
		return rehearsal.run();
	}

	private ServerAccess server() {
		String url = this.properties.url();
		return (url != null) ? new ServerAccess(url, this.properties.username(), this.properties.password())
				: ServerAccess.of(this.database);
	}

	private DataSource live(String url) {
		DriverManagerDataSource live = new DriverManagerDataSource(url);
		live.setUsername(this.properties.liveUsername());
		live.setPassword(this.properties.livePassword());
		return live;
	}

}
