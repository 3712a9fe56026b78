package io.veza.migrations.testsupport;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets every test wait for as long as a busy machine needs, and not much longer than what
 * it waits for takes. JUnit finds it as a service.
 */
public final class Patience implements BeforeAllCallback {

	/** How long a test waits for what a quiet machine does at once. */
	public static final Duration LONG = Duration.ofMinutes(1);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

	@Override
	public void beforeAll(ExtensionContext context) {
		Awaitility.setDefaultTimeout(LONG);
		Awaitility.setDefaultPollInterval(POLL_INTERVAL);
	}

}
