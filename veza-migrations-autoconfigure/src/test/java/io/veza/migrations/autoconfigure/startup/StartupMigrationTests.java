package io.veza.migrations.autoconfigure.startup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.veza.migrations.HeldMigration;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.autoconfigure.MigrationsProperties;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.failure.HistoryRefusedException;
import io.veza.migrations.failure.PendingMigrationsException;
import io.veza.migrations.request.MigrateRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

@ExtendWith(OutputCaptureExtension.class)
class StartupMigrationTests {

	private static final HeldMigration HELD = new HeldMigration(MigrationVersion.of("1"), Instant.EPOCH, "olivia",
			"app", null, null);

	private final Migrator migrator = mock(Migrator.class);

	private final ConditionPoller watch = new ConditionPoller(() -> Duration.ZERO);

	private final ApplicationContext context = new GenericApplicationContext();

	private final MigrationShutdown shutdown = new MigrationShutdown(this.context, this.migrator, this.watch);

	@Test
	void migrateAppliesAll() {
		run(Map.of());

		then(this.migrator).should().migrate(MigrateRequest.all());
	}

	@Test
	void migrateReleasesWhatIsHeldOnlyIfToldTo() {
		run(Map.of("release-held", "true"));

		then(this.migrator).should().migrate(MigrateRequest.all().releasingHeld());
	}

	@Test
	void migrateDoesNotAskWhatIsHeldIfThatIsAccepted() {
		run(Map.of());

		then(this.migrator).should(never()).held();
	}

	@Test
	void migrateWhenHeldIsNotAcceptedRefusesTraffic(CapturedOutput output) {
		given(this.migrator.held()).willReturn(List.of(HELD));

		run(Map.of("on-held", "refuse-traffic"));

		assertThat(output).contains("refuses traffic (veza.migrations.on-held=refuse-traffic)");
	}

	@Test
	void waitTakesWhatIsHeldAsSettledAndSaysSoOnce(CapturedOutput output) {
		given(this.migrator.isUpToDate()).willReturn(false, true);
		given(this.migrator.held()).willReturn(List.of(HELD));

		run(Map.of("mode", "wait"));

		assertThat(output)
			.containsOnlyOnce("Version \"1\" was rolled back by \"olivia\" at 1970-01-01T00:00:00Z, "
					+ "so that it is held and not waited for")
			.doesNotContain("refuses traffic");
	}

	@Test
	void waitWhenHeldIsNotAcceptedRefusesTraffic(CapturedOutput output) {
		given(this.migrator.isUpToDate()).willReturn(true);
		given(this.migrator.held()).willReturn(List.of(HELD));

		run(Map.of("mode", "wait", "on-held", "refuse-traffic"));

		assertThat(output).contains("refuses traffic (veza.migrations.on-held=refuse-traffic)");
	}

	@Test
	void validateOnlyLooks() {
		run(Map.of("mode", "validate"));

		then(this.migrator).should().validate();
		then(this.migrator).shouldHaveNoMoreInteractions();
	}

	@Test
	void manualDoesNothing() {
		run(Map.of("mode", "manual"));

		then(this.migrator).shouldHaveNoInteractions();
	}

	@Test
	void failureStopsTheStartWithItsExitCode() {
		willThrow(new PendingMigrationsException(List.of(MigrationVersion.of("1")))).given(this.migrator).validate();

		assertThatExceptionOfType(StartFailedException.class).isThrownBy(() -> run(Map.of("mode", "validate")))
			.withCauseInstanceOf(PendingMigrationsException.class)
			.withMessageContaining("1 migration(s) are pending")
			.satisfies((ex) -> assertThat(ex.getExitCode()).isEqualTo(3));
	}

	@Test
	void failureWhenTrafficIsRefusedLetsTheStartGoOn(CapturedOutput output) {
		given(this.migrator.migrate(MigrateRequest.all())).willThrow(new HistoryRefusedException("It is odd."));

		run(Map.of("on-failure", "refuse-traffic"));

		assertThat(output).contains("The application stays up and refuses traffic").contains("It is odd.");
	}

	@Test
	void waitAsksUntilOthersHaveAppliedAll() {
		given(this.migrator.isUpToDate()).willReturn(false, false, true);

		run(Map.of("mode", "wait"));

		then(this.migrator).should(times(3)).isUpToDate();
	}

	@Test
	void waitWhenNothingIsPendingSaysNothing(CapturedOutput output) {
		given(this.migrator.isUpToDate()).willReturn(true);

		run(Map.of("mode", "wait"));

		assertThat(output).doesNotContain("Waiting");
	}

	@Test
	void waitWhenDatabaseCannotBeReachedGoesOnWithOneWarning(CapturedOutput output) {
		given(this.migrator.isUpToDate()).willThrow(new DatabaseUnreachableException("Down.", null))
			.willThrow(new DatabaseUnreachableException("Down.", null))
			.willReturn(true);

		run(Map.of("mode", "wait"));

		assertThat(output).containsOnlyOnce("The database cannot be reached while waiting for migrations");
	}

	@Test
	void migrateThatIsCancelledAbandonsTheStartAndSaysWhy(CapturedOutput output) {
		given(this.migrator.migrate(MigrateRequest.all())).willAnswer((call) -> {
			closeContext();
			throw new HistoryRefusedException("It was cancelled.");
		});

		assertThatExceptionOfType(StartAbandonedException.class).isThrownBy(() -> run(Map.of()));

		then(this.migrator).should().close();
		assertThat(output).contains("WARN").contains("It was cancelled.");
	}

	@Test
	void migrateThatIsCancelledDoesNotRefuseTraffic(CapturedOutput output) {
		given(this.migrator.migrate(MigrateRequest.all())).willAnswer((call) -> {
			closeContext();
			throw new HistoryRefusedException("It was cancelled.");
		});

		assertThatExceptionOfType(StartAbandonedException.class)
			.isThrownBy(() -> run(Map.of("on-failure", "refuse-traffic")));

		assertThat(output).doesNotContain("refuses traffic");
	}

	@Test
	void closeOfAnotherContextEndsNothing() {
		given(this.migrator.migrate(MigrateRequest.all())).willAnswer((call) -> {
			this.shutdown.onApplicationEvent(new ContextClosedEvent(new GenericApplicationContext()));
			return null;
		});

		run(Map.of());

		then(this.migrator).should(never()).close();
	}

	@Test
	void waitWhenApplicationClosesAbandonsTheStart() {
		closeContext();

		assertThatExceptionOfType(StartAbandonedException.class).isThrownBy(() -> run(Map.of("mode", "wait")))
			.withMessage("The application was closed while it was waiting for migrations.")
			.satisfies((ex) -> assertThat(ex.getStackTrace()).isEmpty());
	}

	private void closeContext() {
		this.shutdown.onApplicationEvent(new ContextClosedEvent(this.context));
	}

	private void run(Map<String, String> values) {
		MigrationsProperties properties = new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("",
				MigrationsProperties.class);
		StartupOptions options = new StartupOptions(properties.mode(), properties.onFailure(), properties.onHeld(),
				properties.releaseHeld());
		ReadinessTrafficGate gate = new ReadinessTrafficGate(this.context, this.migrator, options.refusesHeld(),
				this.watch, (task) -> {
				});
		new StartupMigration(this.migrator, options, this.watch, gate, this.shutdown).run();
	}

}
