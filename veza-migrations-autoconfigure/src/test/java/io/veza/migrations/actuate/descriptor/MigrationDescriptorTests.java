package io.veza.migrations.actuate.descriptor;

import io.veza.migrations.actuate.SampleMigrations;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationDescriptorTests {

	@Test
	void ofWhenPendingShowsTheFile() {
		assertThat(MigrationDescriptor.of(SampleMigrations.info(SampleMigrations.migration("SELECT 1"), null)))
			.isEqualTo(new MigrationDescriptor("001", "create_users", "Ada", "2024-01-15", "pending", true, true,
					"c0ffee", null, null, null, null, null, null));
	}

	@Test
	void ofWhenAppliedShowsTheRowInUtcAndMilliseconds() {
		MigrationDescriptor descriptor = MigrationDescriptor
			.of(SampleMigrations.info(SampleMigrations.migration("SELECT 1"), SampleMigrations.row("olga", 1234)));

		assertThat(descriptor.state()).isEqualTo("applied");
		assertThat(descriptor.checksum()).isEqualTo("stored");
		assertThat(descriptor.appliedAt()).isEqualTo("2024-01-15T10:00:00Z");
		assertThat(descriptor.appliedBy()).isEqualTo("olga");
		assertThat(descriptor.executionTimeMs()).isEqualTo(1234);
	}

	@Test
	void ofWhenRowIsOfAnotherRunnerShowsLocalTimeAndItsSeconds() {
		MigrationDescriptor descriptor = MigrationDescriptor
			.of(SampleMigrations.info(null, SampleMigrations.row(null, 2)));

		assertThat(descriptor.appliedAt()).isEqualTo("2024-01-15T10:00:00");
		assertThat(descriptor.executionTimeMs()).isEqualTo(2000);
	}

	@Test
	void ofWhenHeldShowsWhoRolledItBackWhenAndWhy() {
		MigrationDescriptor descriptor = MigrationDescriptor.of(SampleMigrations.held("olga", "it broke"));

		assertThat(descriptor.state()).isEqualTo("held");
		assertThat(descriptor.heldBy()).isEqualTo("olga");
		assertThat(descriptor.heldSince()).isEqualTo("2024-01-15T10:00:00Z");
		assertThat(descriptor.heldReason()).isEqualTo("it broke");
	}

	@Test
	void ofWhenNobodyAskedForTheRollbackNamesTheUserOfTheSession() {
		assertThat(MigrationDescriptor.of(SampleMigrations.held(null, null)).heldBy()).isEqualTo("app");
	}

	@Test
	void ofWithoutFileLeavesOpenWhatTheFileSays() {
		MigrationDescriptor descriptor = MigrationDescriptor
			.of(SampleMigrations.info(null, SampleMigrations.row("olga", null)));

		assertThat(descriptor.transactional()).isNull();
		assertThat(descriptor.reversible()).isNull();
		assertThat(descriptor.author()).isNull();
		assertThat(descriptor.executionTimeMs()).isNull();
	}

}
