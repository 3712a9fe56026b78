package io.veza.migrations.benchmarks.application;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;

/**
 * Says when the application accepts traffic: after everything that waits for it to be
 * ready, migrations included.
 */
final class ReadyLine implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
			System.out.println("accepts traffic");
		}
	}

}
