package io.veza.migrations.plan;

import java.util.List;
import java.util.stream.Stream;

import io.veza.migrations.Migration;
import io.veza.migrations.Migration.Content;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.MigrationSection;

/**
 * A migration file such as {@code db/migrations/001_step.sql}.
 */
final class TestMigration {

	private final String version;

	private MigrationSection up = TestSections.transactional();

	private MigrationSection down = TestSections.transactional();

	private String contentOf;

	private TestMigration(String version) {
		this.version = version;
		this.contentOf = version;
	}

	static TestMigration file(String version) {
		return new TestMigration(version);
	}

	static List<Migration> files(String... versions) {
		return Stream.of(versions).map((version) -> file(version).build()).toList();
	}

	static Checksum checksum(String version) {
		return new Checksum("file-" + version);
	}

	static Checksum upChecksum(String version) {
		return new Checksum("v1:up-" + version);
	}

	/** The file had another version before; nothing else was changed. */
	TestMigration renamedFrom(String earlier) {
		this.contentOf = earlier;
		return this;
	}

	TestMigration up(MigrationSection section) {
		this.up = section;
		return this;
	}

	TestMigration down(MigrationSection section) {
		this.down = section;
		return this;
	}

	Migration build() {
		Content content = new Content(upChecksum(this.contentOf), new Checksum("down-" + this.contentOf), this.up,
				this.down);
		return new Migration(MigrationVersion.of(this.version), "step", "db/migrations/" + this.version + "_step.sql",
				checksum(this.contentOf), () -> content);
	}

}
