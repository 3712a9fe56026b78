package io.veza.migrations.engine;

import io.veza.migrations.engine.operation.DatabaseState;
import io.veza.migrations.engine.operation.MigrationSession;
import io.veza.migrations.lock.ReadUnderLock;
import io.veza.migrations.session.DedicatedSessionSettings;
import io.veza.migrations.session.SessionSettings;
import io.veza.migrations.sql.DatabaseRead;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the session of a run, the database and the history in the round trip that
 * takes the lock of the run.
 */
final class LockedRunRead implements ReadUnderLock<LockedRunRead.State> {

	private final MigrationSession session;

	private final @Nullable String schema;

	private @Nullable SessionSettings settings;

	/**
	 * Create a new instance.
	 * @param session the session, which belongs to the run alone once it has the lock
	 * @param schema the schema that heads the search path of migrations, {@code null} to
	 * leave the search path as it is
	 */
	LockedRunRead(MigrationSession session, @Nullable String schema) {
		this.session = session;
		this.schema = schema;
	}

	@Override
	public DatabaseRead<State> read(String heldCondition) {
		return DedicatedSessionSettings.read(heldCondition, this.schema)
			.and(this.session.state(heldCondition), State::new);
	}

	@Override
	public void accept(State state) {
		this.session.accept(state.session());
		this.settings = state.settings();
	}

	/**
	 * Return the settings of the session.
	 * @return the settings, {@code null} if nothing was read
	 */
	@Nullable SessionSettings settings() {
		return this.settings;
	}

	/**
	 * The state that is read in the round trip that takes the lock.
	 *
	 * @param settings the settings of the session
	 * @param session all else that decides about the run
	 */
	record State(SessionSettings settings, DatabaseState session) {
	}

}
