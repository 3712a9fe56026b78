package io.veza.migrations.autoconfigure.startup;

import java.util.List;
import java.util.concurrent.Executor;

import io.veza.migrations.HeldMigration;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.failure.MigrationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;

/**
 * A gate that refuses traffic while migrations have failed or are held, until the cause
 * is gone, whoever has removed it.
 */
public final class ReadinessTrafficGate implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	private static final Logger logger = LoggerFactory.getLogger(ReadinessTrafficGate.class);

	private final ApplicationContext context;

	private final Migrator migrator;

	private final boolean heldRefused;

	private final ConditionPoller watch;

	private final Executor executor;

	private boolean refused;

	private @Nullable ApplicationEventPublisher withheldFrom;

	/**
	 * Create a new instance.
	 * @param context the context that hears of the availability
	 * @param migrator tells whether the cause is gone
	 * @param heldRefused whether a migration that is held is a cause
	 * @param watch asks again and again
	 * @param executor runs what asks
	 */
	public ReadinessTrafficGate(ApplicationContext context, Migrator migrator, boolean heldRefused,
			ConditionPoller watch, Executor executor) {
		this.context = context;
		this.migrator = migrator;
		this.heldRefused = heldRefused;
		this.watch = watch;
		this.executor = executor;
	}

	/**
	 * Refuse traffic from now on.
	 * @param cause why
	 */
	void refuse(MigrationException cause) {
		logger.error("The application stays up and refuses traffic (veza.migrations.on-failure=refuse-traffic) "
				+ "until all migrations are applied. {}", cause.getMessage());
		logger.debug("Migrations failed", cause);
		close();
	}

	/**
	 * Refuse traffic from now on, if the application must not serve without what is held.
	 * @param held what is held
	 */
	void refuse(List<HeldMigration> held) {
		if (this.heldRefused && !held.isEmpty()) {
			logger.warn("The application stays up and refuses traffic (veza.migrations.on-held=refuse-traffic) "
					+ "until no migration is held any more");
			close();
		}
	}

	private void close() {
		synchronized (this) {
			this.refused = true;
		}
		this.executor.execute(this::openWhenSettled);
	}

	// Spring Boot accepts traffic after all ready listeners, whatever they published
	@Override
	public synchronized void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		if (!this.refused || event.getSource() == this) {
			return;
		}
		this.withheldFrom = null;
		if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
			this.withheldFrom = (event.getSource() instanceof ApplicationContext source) ? source : this.context;
			publish(this.withheldFrom, ReadinessState.REFUSING_TRAFFIC);
		}
	}

	private void openWhenSettled() {
		if (this.watch.until(this::isSettled)) {
			open();
		}
	}

	private boolean isSettled() {
		try {
			return this.migrator.running().isEmpty() && this.migrator.isUpToDate()
					&& (!this.heldRefused || this.migrator.held().isEmpty());
		}
		catch (RuntimeException ex) {
			logger.debug("Still refusing traffic", ex);
			return false;
		}
	}

	private synchronized void open() {
		this.refused = false;
		logger.info("No migration is in the way any more, traffic is no longer refused");
		if (this.withheldFrom != null) {
			publish(this.withheldFrom, ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

	private void publish(ApplicationEventPublisher publisher, ReadinessState state) {
		AvailabilityChangeEvent.publish(publisher, this, state);
	}

}
