package io.veza.migrations.lock;

import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AdvisoryLockKeyIntegrationTests {

	private static final TestDatabase database = TestDatabase.create();

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 0x80000000L, -0x80000000L })
	void heldConditionFollowsTheLockWhateverItsSign(long value) {
		AdvisoryLockKey key = new AdvisoryLockKey(value);

		assertThat(database.query("SELECT " + key.heldCondition())).containsExactly("f");
		assertThat(database.query("SELECT held.now FROM (SELECT pg_advisory_lock(" + value
				+ ")) AS lock, LATERAL (SELECT " + key.heldCondition() + " AS now) AS held"))
			.containsExactly("t");
	}

	@Test
	void keyIsThatOfTheTableAndItsSchema() {
		assertThat(AdvisoryLockKey.of("public", "schema_migrations"))
			.isEqualTo(AdvisoryLockKey.of("public", "schema_migrations"))
			.isNotEqualTo(AdvisoryLockKey.of("public", "other"))
			.isNotEqualTo(AdvisoryLockKey.of("other", "schema_migrations"))
			.isEqualTo(new AdvisoryLockKey(AdvisoryLockKey.of("public", "schema_migrations").value()));
	}

	@Test
	void keyNeverChangesFromReleaseToRelease() {
		assertThat(AdvisoryLockKey.of("public", "schema_migrations").value()).isEqualTo(-4125894335420192638L);
	}

}
