package io.veza.migrations.autoconfigure.startup;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class StartupOptionsTests {

	@ParameterizedTest
	@CsvSource({ "MIGRATE, ACCEPT_TRAFFIC, false, false", "MIGRATE, REFUSE_TRAFFIC, false, true",
			"MIGRATE, ACCEPT_TRAFFIC, true, true", "VALIDATE, ACCEPT_TRAFFIC, false, true",
			"WAIT, ACCEPT_TRAFFIC, true, false", "MANUAL, ACCEPT_TRAFFIC, true, false" })
	void heldMigrationsKeepTheApplicationUnreadyWhereNoneMayBe(StartupMode mode, HeldPolicy onHeld, boolean releaseHeld,
			boolean refused) {
		StartupOptions options = new StartupOptions(mode, StartupFailurePolicy.SHUTDOWN, onHeld, releaseHeld);

		assertThat(options.refusesHeld()).isEqualTo(refused);
	}

}
