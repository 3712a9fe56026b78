package io.veza.migrations.autoconfigure;

import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.veza.migrations.rehearsal.findings.FindingCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationsMetadataTests {

	private static final List<String> PROPERTIES = List.of("backup.directory", "backup.max-size", "backup.mode",
			"backup.pg-dump.command", "backup.pg-dump.format", "backup.pg-dump.scope", "backup.pg-dump.timeout",
			"backup.retention", "backup.schema", "baseline-version", "command", "drift", "drift-at-start", "enabled",
			"events-table", "locations", "lock.wait", "mode", "on-failure", "on-held", "out-of-order", "output",
			"password", "progress-table", "redact-row-values", "rehearsal.disposable-server", "rehearsal.findings",
			"rehearsal.fixtures", "rehearsal.live-password", "rehearsal.live-url", "rehearsal.live-username",
			"rehearsal.migrations", "rehearsal.password", "rehearsal.reference-tables", "rehearsal.report-directory",
			"rehearsal.schema-dump", "rehearsal.url", "rehearsal.username", "release-held", "repair.accept-changed",
			"repair.accept-renamed", "repair.mark-applied", "repair.mark-pending", "repair.remove-missing",
			"restore.operation", "rollback.backup", "rollback.count", "rollback.force", "rollback.on-difference",
			"rollback.reason", "rollback.to", "rollback.token", "rollback.token-required", "schema",
			"single-transaction", "startup-phase", "table", "to", "url", "username");

	private static final Map<String, JsonNode> metadata = new TreeMap<>();

	private static JsonNode hints;

	@BeforeAll
	static void read() throws Exception {
		try (InputStream json = new ClassPathResource("META-INF/spring-configuration-metadata.json").getInputStream()) {
			JsonNode root = JsonMapper.shared().readTree(json);
			root.path("properties").forEach((property) -> metadata.put(property.path("name").asString(), property));
			hints = root.path("hints");
		}
	}

	@Test
	void everyPropertyHasMetadata() {
		assertThat(metadata)
			.containsKeys(PROPERTIES.stream().map((name) -> "veza.migrations." + name).toArray(String[]::new));
	}

	@Test
	void everyPropertyHasADescriptionInHouseStyle() {
		assertThat(metadata.values())
			.allSatisfy((property) -> assertThat(property.path("description").asString()).isNotBlank()
				.endsWith(".")
				.doesNotStartWith("The ")
				.doesNotStartWith("A "));
	}

	@Test
	void defaultsAreThoseOfTheContract() {
		assertThat(metadata.get("veza.migrations.mode").path("defaultValue").asString()).isEqualTo("migrate");
		assertThat(metadata.get("veza.migrations.startup-phase").path("defaultValue").asString())
			.isEqualTo("application-ready");
		assertThat(metadata.get("veza.migrations.backup.mode").path("defaultValue").asString())
			.isEqualTo("in-database");
		assertThat(metadata.get("veza.migrations.backup.schema").path("defaultValue").asString())
			.isEqualTo("veza_backup");
		assertThat(metadata.get("veza.migrations.backup.max-size").path("defaultValue").asString()).isEqualTo("1GB");
		assertThat(metadata.get("veza.migrations.lock.wait").path("defaultValue").asString()).isEqualTo("10m");
	}

	@Test
	void locationsHaveHints() {
		assertThat(hints.toString()).contains("\"veza.migrations.locations\"").contains("classpath:db/migrations");
	}

	@Test
	void everyFindingOfARehearsalHasAHint() {
		assertThat(hints.toString())
			.contains(Arrays.stream(FindingCode.values()).map((code) -> "\"" + code.id() + "\"").toList());
		assertThat(metadata.get("veza.migrations.rehearsal.migrations").path("defaultValue").asString())
			.isEqualTo("pending");
	}

	@Test
	void programAndDirectoryOfBackupsHaveHints() {
		assertThat(hints.toString()).contains("\"veza.migrations.backup.pg-dump.command\"")
			.contains("\"veza.migrations.backup.directory\"");
	}

}
