package io.veza.migrations.engine;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.execute.OwnSessionSettings;
import io.veza.migrations.execute.SessionSettings;
import io.veza.migrations.lock.LookUnderLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the session of a run, the database and the history in the round trip that
 * takes the lock of the run.
 */
final class LockedLook implements LookUnderLock {

	private static final Logger logger = LoggerFactory.getLogger(LockedLook.class);

	private final MigrationSession session;

	private final @Nullable String schema;

	private @Nullable SessionSettings settings;

	/**
	 * Create a new instance.
	 * @param session the session, which belongs to the run alone once it has the lock
	 * @param schema the schema that heads the search path of migrations, {@code null} to
	 * leave the search path as it is
	 */
	LockedLook(MigrationSession session, @Nullable String schema) {
		this.session = session;
		this.schema = schema;
	}

	@Override
	public List<String> statements(String held) {
		List<String> statements = new ArrayList<>(OwnSessionSettings.queries(held));
		statements.addAll(this.session.queries(held));
		return statements;
	}

	/**
	 * What is wrong is found again, and said, by whoever looks without the lock's help.
	 */
	@Override
	public void read(Statement statement) {
		try {
			SessionSettings settings = OwnSessionSettings.read(statement, this.schema);
			this.session.read(statement);
			this.settings = settings;
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("What was read with the lock is read again", ex);
		}
	}

	/**
	 * Return the settings of the session.
	 * @return the settings, {@code null} if nothing was seen
	 */
	@Nullable SessionSettings settings() {
		return this.settings;
	}

}
