package io.veza.migrations.autoconfigure.command;

import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.CommandName;
import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.OutputFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationsCommandPropertiesTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(Config.class);

	@Test
	void bindWhenNothingIsSetGivesDefaults() {
		this.contextRunner.withPropertyValues("veza.migrations.command=", "veza.migrations.to=").run((context) -> {
			MigrationsCommandProperties properties = context.getBean(MigrationsCommandProperties.class);

			assertThat(properties.command()).isNull();
			assertThat(properties.output()).isEqualTo(OutputFormat.TEXT);
			assertThat(properties.to()).isNull();
			assertThat(properties.rollback().isGiven()).isFalse();
			assertThat(properties.repair().isGiven()).isFalse();
		});
	}

	@Test
	void bindTakesWhatIsSet() {
		this.contextRunner
			.withPropertyValues("veza.migrations.command=rollback", "veza.migrations.output=json",
					"veza.migrations.rollback.to=010", "veza.migrations.rollback.reason=why",
					"veza.migrations.repair.accept-changed=1,2")
			.run((context) -> {
				MigrationsCommandProperties properties = context.getBean(MigrationsCommandProperties.class);

				assertThat(properties.command()).isEqualTo(CommandName.ROLLBACK);
				assertThat(properties.output()).isEqualTo(OutputFormat.JSON);
				assertThat(properties.rollback().to()).isEqualTo("010");
				assertThat(properties.rollback().reason()).isEqualTo("why");
				assertThat(properties.repair().acceptChanged()).containsExactly("1", "2");
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			to=v1                        | veza.migrations.to: "v1" is not a version. Write digits
			rollback.to=v1               | veza.migrations.rollback.to: "v1" is not a version. Write digits
			rollback.count=0             | veza.migrations.rollback.count: "0" is less than 1. Write how many
			repair.accept-changed=1,v2   | veza.migrations.repair.accept-changed: "v2" is not a version. Write
			repair.mark-applied=v2       | veza.migrations.repair.mark-applied: "v2" is not a version. Write
			repair.mark-pending=v2       | veza.migrations.repair.mark-pending: "v2" is not a version. Write
			repair.remove-missing=v2     | veza.migrations.repair.remove-missing: "v2" is not a version. Write
			""")
	void bindWhenValueIsWrongNamesTheProperty(String property, String expected) {
		assertRefused(expected, "veza.migrations." + property);
	}

	@Test
	void bindWhenCountAndVersionAreGivenIsRefused() {
		assertRefused("veza.migrations.rollback.to: \"rollback.count\" is set as well. Set how many",
				"veza.migrations.rollback.count=1", "veza.migrations.rollback.to=1");
	}

	@Test
	void bindWhenReasonIsTooLongIsRefused() {
		assertRefused("veza.migrations.rollback.reason: the text is longer than 4000 characters",
				"veza.migrations.rollback.reason=" + "x".repeat(4001));
	}

	private void assertRefused(String expected, String... properties) {
		this.contextRunner.withPropertyValues(properties)
			.run((context) -> assertThat(context).hasFailed().getFailure().rootCause().hasMessageContaining(expected));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(MigrationsCommandProperties.class)
	static class Config {

	}

}
