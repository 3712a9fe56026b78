package io.veza.migrations.actuate;

import java.util.function.Supplier;

import io.veza.migrations.MigrationReport;
import io.veza.migrations.engine.MigrationListener;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.status.MigrationStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last known status of the database. It is remembered so that gauges need no query at
 * each scrape.
 *
 * @since 0.1.0
 */
public final class LastKnownStatus implements MigrationListener {

	private static final Logger logger = LoggerFactory.getLogger(LastKnownStatus.class);

	private final Supplier<Migrator> migrator;

	private volatile @Nullable MigrationStatus last;

	private volatile boolean outdated = true;

	/**
	 * Create a new instance.
	 * @param migrator the migrator, asked for late because it tells its listeners, of
	 * which this is one
	 */
	public LastKnownStatus(Supplier<Migrator> migrator) {
		this.migrator = migrator;
	}

	/**
	 * Read where the database stands. What an operation that is running leaves to be seen
	 * of it is not remembered.
	 * @return the status
	 */
	MigrationStatus read() {
		this.outdated = false;
		MigrationStatus status = this.migrator.get().status();
		if (status.running() != null) {
			this.outdated = true;
			return status;
		}
		this.last = status;
		return status;
	}

	/**
	 * Return what was read last; it is read again, once, if a run has ended since.
	 * @return the status, {@code null} if it could not be read yet
	 */
	@Nullable MigrationStatus recent() {
		try {
			if (this.outdated && this.migrator.get().running().isEmpty()) {
				return read();
			}
		}
		catch (RuntimeException ex) {
			logger.debug("The status of migrations cannot be read", ex);
		}
		return this.last;
	}

	@Override
	public void onRunFinished(MigrationReport report) {
		this.outdated = true;
	}

}
