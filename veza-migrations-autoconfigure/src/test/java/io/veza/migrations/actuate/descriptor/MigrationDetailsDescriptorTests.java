package io.veza.migrations.actuate.descriptor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.veza.migrations.Migration;
import io.veza.migrations.PlanStep;
import io.veza.migrations.actuate.SampleMigrations;
import io.veza.migrations.status.MigrationDetails;
import io.veza.migrations.status.MigrationEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationDetailsDescriptorTests {

	@Test
	void ofShowsSqlMetadataAndItem() {
		MigrationDetailsDescriptor descriptor = MigrationDetailsDescriptor
			.of(details(SampleMigrations.migration("SELECT 1"), "SELECT 1", "DROP TABLE users"));

		assertThat(descriptor.version()).isEqualTo("001");
		assertThat(descriptor.up()).isEqualTo("SELECT 1");
		assertThat(descriptor.down()).isEqualTo("DROP TABLE users");
		assertThat(descriptor.downSource()).isEqualTo("stored");
		assertThat(descriptor.truncated()).isFalse();
		assertThat(descriptor.metadata()).containsEntry("Author", "Ada").containsEntry("Rollback", "Drop users");
	}

	@Test
	void ofWhenSqlIsLongCutsItAndSaysSo() {
		MigrationDetailsDescriptor descriptor = MigrationDetailsDescriptor
			.of(details(null, null, "x".repeat(300 * 1024)));

		assertThat(descriptor.truncated()).isTrue();
		assertThat(descriptor.down()).hasSize(256 * 1024);
		assertThat(descriptor.up()).isNull();
		assertThat(descriptor.metadata()).isEmpty();
	}

	@Test
	void ofShowsEvents() {
		MigrationDetailsDescriptor descriptor = MigrationDetailsDescriptor.of(details(null, null, null));

		assertThat(descriptor.events()).singleElement().satisfies((event) -> {
			assertThat(event.occurredAt()).isEqualTo("1970-01-01T00:00:00Z");
			assertThat(event.durationMs()).isEqualTo(1500);
			assertThat(event.requestedBy()).isEqualTo("olga");
		});
	}

	private static MigrationDetails details(@Nullable Migration file, @Nullable String up, @Nullable String down) {
		MigrationEvent event = new MigrationEvent(new UUID(0, 1), "finished", "migrate", "001", "success",
				Instant.EPOCH, Duration.ofMillis(1500), "olga", null, "app", null, null, null, null, null, null);
		return new MigrationDetails(SampleMigrations.info(file, SampleMigrations.row("olga", 1)), up, down,
				(down != null) ? PlanStep.Source.STORED : null, null, List.of(event));
	}

}
