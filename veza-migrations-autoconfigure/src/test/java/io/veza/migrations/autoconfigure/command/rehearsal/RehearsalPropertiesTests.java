package io.veza.migrations.autoconfigure.command.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.veza.migrations.autoconfigure.MigrationsProperties;
import io.veza.migrations.autoconfigure.command.InvalidCommandException;
import io.veza.migrations.autoconfigure.command.rehearsal.RehearsalProperties.RehearsalScope;
import io.veza.migrations.rehearsal.RehearsalOptions;
import io.veza.migrations.rehearsal.findings.FindingLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RehearsalPropertiesTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(Config.class);

	@Test
	void bindWhenNothingIsSetGivesDefaults() {
		this.contextRunner.withPropertyValues("veza.migrations.rehearsal.url=").run((context) -> {
			RehearsalProperties properties = context.getBean(RehearsalProperties.class);

			assertThat(properties.migrations()).isEqualTo(RehearsalScope.PENDING);
			assertThat(properties.url()).isNull();
			assertThat(properties.reportPath()).isNull();
			assertThat(options(context)).isEqualTo(RehearsalOptions.defaults());
		});
	}

	@Test
	void toOptionsCarriesWhatIsSet() {
		this.contextRunner
			.withPropertyValues("veza.migrations.schema=chat", "veza.migrations.role=chat_owner",
					"veza.migrations.rehearsal.migrations=all", "veza.migrations.rehearsal.disposable-server=true",
					"veza.migrations.rehearsal.reference-tables=countries, public.currencies",
					"veza.migrations.rehearsal.report-directory=target/rehearsal")
			.run((context) -> {
				RehearsalOptions options = options(context);

				assertThat(options.tables().schema()).isEqualTo("chat");
				assertThat(options.role()).isEqualTo("chat_owner");
				assertThat(options.disposableServer()).isTrue();
				assertThat(options.referenceTables()).containsExactlyInAnyOrder("countries", "public.currencies");
				assertThat(context.getBean(RehearsalProperties.class)).satisfies((properties) -> {
					assertThat(properties.migrations()).isEqualTo(RehearsalScope.ALL);
					assertThat(properties.reportPath()).isEqualTo(Path.of("target/rehearsal"));
				});
			});
	}

	@Test
	void toOptionsFindsFixturesInTheOrderOfTheirLocations(@TempDir Path folder) throws Exception {
		for (String file : new String[] { "b.sql", "a.sql", "first.txt", "dump.txt" }) {
			Files.writeString(folder.resolve(file), "SELECT 1;");
		}

		this.contextRunner
			.withPropertyValues("veza.migrations.rehearsal.schema-dump=file:" + folder + "/dump.txt",
					"veza.migrations.rehearsal.fixtures=file:" + folder + "/first.txt,file:" + folder + "/*.sql")
			.run((context) -> {
				assertThat(options(context).fixtures()).extracting(Resource::getFilename)
					.containsExactly("first.txt", "a.sql", "b.sql");
				assertThat(options(context).schemaDump()).isNotNull()
					.extracting(Resource::getFilename)
					.isEqualTo("dump.txt");
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					fixtures=file:/none.sql     | veza.migrations.rehearsal.fixtures: "file:/none.sql" names no file
					fixtures=classpath:none/*.sql | veza.migrations.rehearsal.fixtures: "classpath:none/*.sql" cannot be looked for (
					fixtures=file:/none/*.sql   | veza.migrations.rehearsal.fixtures: "file:/none/*.sql" names no file
					schema-dump=file:/none.sql  | veza.migrations.rehearsal.schema-dump: "file:/none.sql" cannot be read.
					""")
	void toOptionsWhenAFileIsNotThereNamesIt(String property, String expected) {
		this.contextRunner.withPropertyValues("veza.migrations.rehearsal." + property)
			.run((context) -> assertThatExceptionOfType(InvalidCommandException.class)
				.isThrownBy(() -> options(context))
				.withMessageStartingWith(expected));
	}

	@Test
	void bindTakesFindingsOfProperties() {
		this.contextRunner
			.withPropertyValues("veza.migrations.rehearsal.findings.index-blocks-writes=error",
					"veza.migrations.rehearsal.findings.serial-column=off")
			.run((context) -> assertThat(options(context).severities()).containsOnly(
					Map.entry("index-blocks-writes", FindingLevel.ERROR),
					Map.entry("serial-column", FindingLevel.OFF)));
	}

	@Test
	void bindTakesFindingsOfYamlWhereOffIsABoolean() {
		PropertySource<?> yaml = yaml("""
				veza.migrations.rehearsal.findings:
				  index-blocks-writes: off
				  serial-column: error
				""");

		this.contextRunner.withInitializer((context) -> context.getEnvironment().getPropertySources().addFirst(yaml))
			.run((context) -> assertThat(options(context).severities()).containsOnly(
					Map.entry("index-blocks-writes", FindingLevel.OFF),
					Map.entry("serial-column", FindingLevel.ERROR)));
	}

	@ParameterizedTest
	@CsvSource({ "INDEXBLOCKSWRITES", "INDEX_BLOCKS_WRITES" })
	void bindTakesFindingsOfEnvironmentVariables(String code) {
		PropertySource<?> variables = new SystemEnvironmentPropertySource("systemEnvironment",
				Map.of("VEZA_MIGRATIONS_REHEARSAL_FINDINGS_" + code, "advice"));

		this.contextRunner
			.withInitializer(
					(context) -> context.getEnvironment().getPropertySources().replace("systemEnvironment", variables))
			.run((context) -> assertThat(options(context).severities())
				.containsOnly(Map.entry("index-blocks-writes", FindingLevel.ADVICE)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					findings.no-such=off       | findings.no-such: there is no finding with this code. Choose one of index-blocks
					findings.serial-column=low | findings.serial-column
					migrations=some            | migrations
					url=localhost              | url: the text is not a JDBC URL of PostgreSQL. Write one
					live-url=jdbc:mysql://h/d  | live-url: the text is not a JDBC URL of PostgreSQL. Write one
					username=u                 | username: it is set without the server that it is for. Set veza
					password=p                 | password: it is set without the server that it is for. Set veza
					live-username=u            | live-username: it is set without the server that it is for. Set veza
					live-password=p            | live-password: it is set without the server that it is for. Set veza
					fixtures=a,,b              | fixtures: an element is blank. Remove it
					reference-tables=a,,b      | reference-tables: an element is blank. Remove it
					report-directory=a\u0000b  | report-directory: "a\u0000b" is not a directory. Write a path
					""")
	void bindWhenValueIsWrongNamesTheProperty(String property, String expected) {
		this.contextRunner.withPropertyValues("veza.migrations.rehearsal." + property)
			.run((context) -> assertThat(context).getFailure()
				.satisfiesAnyOf((failure) -> assertThat(failure).rootCause().hasMessageContaining(expected),
						(failure) -> assertThat(failure).cause()
							.hasMessageContaining("'veza.migrations.rehearsal." + expected)));
	}

	@Test
	void toStringShowsNoConnection() {
		this.contextRunner
			.withPropertyValues("veza.migrations.rehearsal.url=jdbc:postgresql://h/d?password=secret",
					"veza.migrations.rehearsal.password=secret")
			.run((context) -> assertThat(context.getBean(RehearsalProperties.class).toString())
				.doesNotContain("secret"));
	}

	private static RehearsalOptions options(AssertableApplicationContext context) {
		return context.getBean(RehearsalProperties.class)
			.toOptions(context.getBean(MigrationsProperties.class), new PathMatchingResourcePatternResolver());
	}

	private static PropertySource<?> yaml(String text) {
		try {
			return new YamlPropertySourceLoader().load("yaml", new ByteArrayResource(text.getBytes())).get(0);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties({ MigrationsProperties.class, RehearsalProperties.class })
	static class Config {

	}

}
