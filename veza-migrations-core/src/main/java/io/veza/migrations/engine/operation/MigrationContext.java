package io.veza.migrations.engine.operation;

import java.util.List;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.engine.watch.RunSnapshot;

/**
 * An open session of a database together with the migration files of this application.
 *
 * @param session the session
 * @param migrations the files, in the order of their versions
 */
public record MigrationContext(MigrationSession session, List<Migration> migrations) {

	public MigrationContext {
		migrations = List.copyOf(migrations);
	}

	public MigrationHistory history() {
		return this.session.history();
	}

	/**
	 * Return the files and the database as they are known now.
	 * @return the snapshot
	 */
	public RunSnapshot snapshot() {
		return new RunSnapshot(this.session.database(), this.migrations, this.session.history());
	}

}
