package io.veza.migrations;

import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.veza.migrations.autoconfigure.MigrationsAutoConfiguration;
import io.veza.migrations.rehearsal.Rehearsal;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the architecture: the main code keeps every one of {@link ArchitectureRules}.
 */
class ArchitectureTests {

	private static final String ROOT = "io.veza.migrations";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.withImportOption((location) -> !location.contains("-tests.jar"))
		.importPackages(ROOT);

	@ParameterizedTest(name = "{0}")
	@MethodSource("rules")
	void mainCodeKeepsRule(String name, ArchRule rule) {
		rule.check(CLASSES);
	}

	@Test
	void mainCodeOfAllModulesIsCheckedAndTestCodeIsNot() {
		assertThat(CLASSES.contain(Migration.class)).isTrue();
		assertThat(CLASSES.contain(Rehearsal.class)).isTrue();
		assertThat(CLASSES.contain(MigrationsAutoConfiguration.class)).isTrue();
		assertThat(CLASSES.contain(ArchitectureTests.class)).isFalse();
		assertThat(CLASSES.contain(TestDatabase.class)).isFalse();
	}

	static Stream<Arguments> rules() {
		return new ArchitectureRules(ROOT).all()
			.entrySet()
			.stream()
			.map((entry) -> Arguments.of(entry.getKey(), entry.getValue()));
	}

}
