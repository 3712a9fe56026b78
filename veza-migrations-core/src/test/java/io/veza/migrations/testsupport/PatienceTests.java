package io.veza.migrations.testsupport;

import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PatienceTests {

	@Test
	void everyTestIsPatient() {
		AtomicLong remaining = new AtomicLong();

		Awaitility.await()
			.conditionEvaluationListener((condition) -> remaining.set(condition.getRemainingTimeInMS()))
			.until(() -> true);

		assertThat(remaining).hasValueGreaterThan(Patience.LONG.toMillis() / 2);
	}

}
