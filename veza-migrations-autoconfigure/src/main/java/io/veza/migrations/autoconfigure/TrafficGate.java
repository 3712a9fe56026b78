package io.veza.migrations.autoconfigure;

import java.util.concurrent.Executor;

import io.veza.migrations.MigrationException;
import io.veza.migrations.engine.Migrator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;

/**
 * Keeps an application unready whose migrations failed, until nothing is pending any
 * more, whoever applied it.
 */
final class TrafficGate implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	private static final Logger logger = LoggerFactory.getLogger(TrafficGate.class);

	private final ApplicationContext context;

	private final Migrator migrator;

	private final MigrationWatch watch;

	private final Executor executor;

	private boolean refused;

	private @Nullable ApplicationEventPublisher withheldFrom;

	TrafficGate(ApplicationContext context, Migrator migrator, MigrationWatch watch, Executor executor) {
		this.context = context;
		this.migrator = migrator;
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
		this.executor.execute(this::openWhenUpToDate);
	}

	private synchronized void close() {
		this.refused = true;
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

	private void openWhenUpToDate() {
		if (this.watch.until(this::isUpToDate)) {
			open();
		}
	}

	private boolean isUpToDate() {
		try {
			return this.migrator.running().isEmpty() && this.migrator.isUpToDate();
		}
		catch (RuntimeException ex) {
			logger.debug("Still refusing traffic", ex);
			return false;
		}
	}

	private synchronized void open() {
		this.refused = false;
		logger.info("All migrations are applied, traffic is no longer refused");
		if (this.withheldFrom != null) {
			publish(this.withheldFrom, ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

	private void publish(ApplicationEventPublisher publisher, ReadinessState state) {
		AvailabilityChangeEvent.publish(publisher, this, state);
	}

}
