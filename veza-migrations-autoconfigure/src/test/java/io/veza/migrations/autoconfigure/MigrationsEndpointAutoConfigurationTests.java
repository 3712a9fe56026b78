package io.veza.migrations.autoconfigure;

import java.util.List;

import io.veza.migrations.actuate.DetachedExecution;
import io.veza.migrations.actuate.MigrationsEndpoint;
import io.veza.migrations.actuate.MigrationsEndpointJmxExtension;
import io.veza.migrations.actuate.MigrationsEndpointWebExtension;
import io.veza.migrations.actuate.OperatorPage;
import io.veza.migrations.actuate.WebOperationAdvisor;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationsEndpointAutoConfigurationTests {

	private final ApplicationContextRunner withoutMigrator = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(EndpointAutoConfiguration.class, MigrationsEndpointAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.withoutMigrator.withUserConfiguration(MigratorBean.class);

	@Test
	void whenExposedOverWebHasEndpointAndWebExtension() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=migrations")
			.run((context) -> assertThat(context).hasSingleBean(MigrationsEndpoint.class)
				.hasSingleBean(MigrationsEndpointWebExtension.class)
				.hasSingleBean(WebOperationAdvisor.class)
				.hasSingleBean(OperatorPage.class)
				.doesNotHaveBean(MigrationsEndpointJmxExtension.class));
	}

	@Test
	void whenExposedOverJmxHasEndpointAndJmxExtension() {
		this.runner
			.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=migrations")
			.run((context) -> assertThat(context).hasSingleBean(MigrationsEndpoint.class)
				.hasSingleBean(MigrationsEndpointJmxExtension.class)
				.doesNotHaveBean(MigrationsEndpointWebExtension.class)
				.doesNotHaveBean(WebOperationAdvisor.class)
				.doesNotHaveBean(OperatorPage.class));
	}

	@Test
	void whenNotExposedHasNothing() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(MigrationsEndpoint.class)
			.doesNotHaveBean(DetachedExecution.class));
	}

	@Test
	void whenAccessIsNoneHasNothing() {
		this.runner
			.withPropertyValues("management.endpoints.web.exposure.include=*",
					"management.endpoint.migrations.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(MigrationsEndpoint.class));
	}

	@Test
	void withoutMigratorHasNothing() {
		this.withoutMigrator.withPropertyValues("management.endpoints.web.exposure.include=migrations")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MigrationsEndpoint.class));
	}

	@Test
	void withoutActuatorHasNothing() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=migrations")
			.withClassLoader(new FilteredClassLoader(ConditionalOnAvailableEndpoint.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MigrationsEndpoint.class));
	}

	@Test
	void whenUserHasExecutionBacksOff() {
		DetachedExecution execution = new DetachedExecution();
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=migrations")
			.withBean(DetachedExecution.class, () -> execution)
			.run((context) -> assertThat(context).getBean(DetachedExecution.class).isSameAs(execution));
	}

	@Test
	void filesOfThePageGoIntoANativeImage() {
		GenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(MigratorBean.class)), new InMemoryGeneratedFiles());
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		TestPropertyValues.of("management.endpoints.web.exposure.include=migrations").applyTo(context);
		context.register(MigratorBean.class, EndpointAutoConfiguration.class,
				MigrationsEndpointAutoConfiguration.class);

		new ApplicationContextAotGenerator().processAheadOfTime(context, generation);

		assertThat(List.of("page.html", "page.js", "page.css", "model.js")).allSatisfy((
				file) -> assertThat(RuntimeHintsPredicates.resource().forResource("io/veza/migrations/actuate/" + file))
					.accepts(generation.getRuntimeHints()));
	}

}
