package io.veza.migrations.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.HeldMigration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationProgress;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.sql.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * A history that grows as it is told, each version by the file of {@link TestMigration}.
 */
final class TestHistory {

	private final List<AppliedMigration> applied = new ArrayList<>();

	private final List<MigrationProgress> unfinished = new ArrayList<>();

	private final List<HeldMigration> held = new ArrayList<>();

	private TestHistory() {
	}

	static TestHistory history() {
		return new TestHistory();
	}

	TestHistory applied(String... versions) {
		for (String version : versions) {
			add(version, TestMigration.checksum(version), TestMigration.upChecksum(version), false);
		}
		return this;
	}

	TestHistory baseline(String... versions) {
		for (String version : versions) {
			add(version, TestMigration.checksum(version), TestMigration.upChecksum(version), true);
		}
		return this;
	}

	TestHistory appliedFromAnotherFile(String version) {
		add(version, new Checksum("other-" + version), new Checksum("v1:other-" + version), false);
		return this;
	}

	TestHistory appliedWithOtherComments(String version) {
		add(version, new Checksum("other-" + version), TestMigration.upChecksum(version), false);
		return this;
	}

	TestHistory appliedByTheGuidesRunner(String version) {
		add(version, TestMigration.checksum(version), null, false);
		return this;
	}

	TestHistory migrating(String version, int statements) {
		return unfinished(version, MigrationOperation.MIGRATE, statements);
	}

	TestHistory rollingBack(String version, int statements) {
		return unfinished(version, MigrationOperation.ROLLBACK, statements);
	}

	TestHistory rolledBack(String... versions) {
		for (String version : versions) {
			hold(version, TestMigration.upChecksum(version));
		}
		return this;
	}

	TestHistory rolledBackFromAnotherFile(String version) {
		return hold(version, new Checksum("v1:other-" + version));
	}

	TestHistory rolledBackOfTheGuidesRunner(String version) {
		return hold(version, null);
	}

	MigrationHistory build() {
		return new MigrationHistory(this.applied, this.unfinished, this.held);
	}

	private TestHistory hold(String version, @Nullable Checksum upChecksum) {
		this.held.add(new HeldMigration(MigrationVersion.of(version), Instant.parse("2024-01-15T10:00:00.5Z"), "olivia",
				"app", "it broke", upChecksum));
		return this;
	}

	private void add(String version, Checksum checksum, @Nullable Checksum upChecksum, boolean baseline) {
		this.applied.add(new AppliedMigration(this.applied.size() + 1, MigrationVersion.of(version), "step", null,
				checksum, upChecksum, 5, baseline, false, "deployer"));
	}

	private TestHistory unfinished(String version, MigrationOperation operation, int statements) {
		this.unfinished.add(new MigrationProgress(MigrationVersion.of(version), "step", operation,
				Collections.nCopies(statements, new Checksum("v1:statement")), "canceled", null));
		return this;
	}

}
