package io.veza.migrations.lock;

import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LockKeyIntegrationTests {

	private static final TestDatabase database = TestDatabase.create();

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 0x80000000L, -0x80000000L })
	void heldConditionFollowsTheLockWhateverItsSign(long value) {
		LockKey key = new LockKey(value);

		assertThat(database.query("SELECT " + key.heldCondition())).containsExactly("f");
		assertThat(database.query("SELECT held.now FROM (SELECT pg_advisory_lock(" + value
				+ ")) AS lock, LATERAL (SELECT " + key.heldCondition() + " AS now) AS held"))
			.containsExactly("t");
	}

	@Test
	void keyIsThatOfTheTableAndItsSchema() {
		assertThat(LockKey.of("public", "schema_migrations")).isEqualTo(LockKey.of("public", "schema_migrations"))
			.isNotEqualTo(LockKey.of("public", "other"))
			.isNotEqualTo(LockKey.of("other", "schema_migrations"))
			.isEqualTo(new LockKey(LockKey.of("public", "schema_migrations").value()));
	}

	@Test
	void keyNeverChangesFromReleaseToRelease() {
		assertThat(LockKey.of("public", "schema_migrations").value()).isEqualTo(-4125894335420192638L);
	}

}
