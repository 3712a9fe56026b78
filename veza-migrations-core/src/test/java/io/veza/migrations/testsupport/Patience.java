package io.veza.migrations.testsupport;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets every test wait for as long as a busy machine needs, and not much longer than what
 * it waits for takes. JUnit finds it as a service.
 */
public final class Patience implements BeforeAllCallback {

	/** How long a test waits for what a quiet machine does at once. */
	public static final Duration LONG = Duration.ofMinutes(1);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

	/** A look is often a new connection, which others pay for. */
	private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

	@Override
	public void beforeAll(ExtensionContext context) {
		Awaitility.setDefaultTimeout(LONG);
		Awaitility.setDefaultPollInterval(IterativePollInterval.iterative(Patience::after, FIRST_PAUSE));
	}

	private static Duration after(Duration pause) {
		Duration twice = pause.multipliedBy(2);
		return (twice.compareTo(LONGEST_PAUSE) < 0) ? twice : LONGEST_PAUSE;
	}

}
