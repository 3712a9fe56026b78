package io.veza.migrations.autoconfigure;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.veza.migrations.autoconfigure.startup.MigrationRunner;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.failure.HistoryRefusedException;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.testsupport.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

/**
 * Real starts of Spring Boot around a migrator that only says what it was asked.
 */
@ExtendWith(OutputCaptureExtension.class)
class MigrationStartTests {

	private final Migrator migrator = mock(Migrator.class);

	private final List<String> steps = new CopyOnWriteArrayList<>();

	private final List<ConfigurableApplicationContext> contexts = new CopyOnWriteArrayList<>();

	@BeforeEach
	void recordMigrate() {
		given(this.migrator.running()).willReturn(Optional.empty());
		given(this.migrator.migrate(any())).willAnswer((call) -> {
			this.steps.add("migrate");
			return null;
		});
	}

	@AfterEach
	void closeContexts() {
		this.contexts.forEach(ConfigurableApplicationContext::close);
	}

	@Test
	void readyMigratesFirstAndThenLetsTrafficIn() {
		application().run();

		assertThat(this.steps).containsExactly("migrate", "ready", "ACCEPTING_TRAFFIC");
	}

	@Test
	void databaseInitializationMigratesEvenWhenBeansAreLazy() {
		ConfigurableApplicationContext context = application()
			.run("--veza.migrations.startup-phase=database-initialization", "--spring.main.lazy-initialization=true");

		assertThat(this.steps).containsExactly("migrate", "ready", "ACCEPTING_TRAFFIC");
		assertThat(context.getBeanNamesForType(MigrationRunner.class)).isEmpty();
	}

	@Test
	void parentAndChildContextMigrateOnce() {
		application().child(Application.class).web(WebApplicationType.NONE).run();

		then(this.migrator).should(times(1)).migrate(MigrateRequest.all());
	}

	@ParameterizedTest
	@ValueSource(strings = { "application-ready", "database-initialization" })
	void failureStopsTheApplicationWithAnAnalysis(String phase, CapturedOutput output) {
		willThrow(new DatabaseUnreachableException("Nobody answers.", null)).given(this.migrator).migrate(any());

		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> application().run("--veza.migrations.startup-phase=" + phase));

		assertThat(this.contexts).singleElement().matches((context) -> !context.isActive());
		assertThat(output).contains("APPLICATION FAILED TO START").contains("Nobody answers.");
	}

	@ParameterizedTest
	@CsvSource({ "application-ready, false", "application-ready, true", "database-initialization, false",
			"database-initialization, true" })
	void refusedTrafficIsLetInWhenItsCauseIsGone(String phase, boolean lazy) {
		willThrow(new HistoryRefusedException("It is odd.")).given(this.migrator).migrate(any());
		ApplicationAvailability availability = application()
			.run("--veza.migrations.on-failure=refuse-traffic", "--veza.migrations.startup-phase=" + phase,
					"--spring.main.lazy-initialization=" + lazy)
			.getBean(ApplicationAvailability.class);
		assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);

		given(this.migrator.isUpToDate()).willReturn(true);

		await().until(availability::getReadinessState, ReadinessState.ACCEPTING_TRAFFIC::equals);
	}

	@Test
	void refusalOfAParentHoldsForItsChild() {
		willThrow(new HistoryRefusedException("It is odd.")).given(this.migrator).migrate(any());

		ConfigurableApplicationContext child = application().child(Application.class)
			.web(WebApplicationType.NONE)
			.run("--veza.migrations.on-failure=refuse-traffic");

		assertThat(child.getBean(ApplicationAvailability.class).getReadinessState())
			.isEqualTo(ReadinessState.REFUSING_TRAFFIC);
	}

	@Test
	void closingWhileWaitingEndsTheStartWithoutAFailure(CapturedOutput output) throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		given(this.migrator.isUpToDate()).willAnswer((call) -> {
			asked.countDown();
			return false;
		});
		CompletableFuture<?> start = CompletableFuture.runAsync(() -> application().run("--veza.migrations.mode=wait"));

		asked.await();
		closeContexts();

		assertThat(start).failsWithin(Patience.LONG)
			.withThrowableThat()
			.withCauseInstanceOf(SpringApplication.AbandonedRunException.class);
		assertThat(this.steps).isEmpty();
		assertThat(output).doesNotContain("APPLICATION FAILED").doesNotContain("ERROR");
	}

	private SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).initializers((context) -> {
			this.contexts.add(context);
			ConfigurableListableBeanFactory beans = context.getBeanFactory();
			beans.registerSingleton("migrator", this.migrator);
			beans.registerSingleton("ready", new ReadyListener(this.steps));
			beans.registerSingleton("others", new ReadinessListener(this.steps));
		});
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ApplicationAvailabilityAutoConfiguration.class, MigrationsAutoConfiguration.class })
	static class Application {

	}

	@Order(Ordered.HIGHEST_PRECEDENCE)
	record ReadyListener(List<String> steps) implements ApplicationListener<ApplicationReadyEvent> {

		@Override
		public void onApplicationEvent(ApplicationReadyEvent event) {
			this.steps.add("ready");
		}

	}

	record ReadinessListener(
			List<String> steps) implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

		@Override
		public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
			this.steps.add(event.getState().toString());
		}

	}

}
