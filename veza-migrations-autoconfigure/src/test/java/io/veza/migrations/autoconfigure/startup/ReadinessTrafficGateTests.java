package io.veza.migrations.autoconfigure.startup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.veza.migrations.HeldMigration;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.failure.HistoryRefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

@ExtendWith(OutputCaptureExtension.class)
class ReadinessTrafficGateTests {

	private static final HeldMigration HELD = new HeldMigration(MigrationVersion.of("1"), Instant.EPOCH, "olivia",
			"app", null, null);

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final ApplicationAvailabilityBean availability = new ApplicationAvailabilityBean();

	private final Migrator migrator = mock(Migrator.class);

	private final List<Runnable> watching = new ArrayList<>();

	private final ReadinessTrafficGate gate = new ReadinessTrafficGate(this.context, this.migrator, false,
			new ConditionPoller(() -> Duration.ZERO), this.watching::add);

	@BeforeEach
	void refresh() {
		this.context.refresh();
		this.context.addApplicationListener(this.availability);
		this.context.addApplicationListener(this.gate);
		given(this.migrator.running()).willReturn(Optional.empty());
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void gateIsOpenUntilTrafficIsRefused() {
		publish(ReadinessState.ACCEPTING_TRAFFIC);

		assertThat(this.availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
	}

	@Test
	void refuseTakesBackWhatSpringBootAccepts(CapturedOutput output) {
		this.gate.refuse(new HistoryRefusedException("The table is odd. Look at it."));

		publish(ReadinessState.ACCEPTING_TRAFFIC);

		assertThat(this.availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
		assertThat(output).contains("The application stays up and refuses traffic "
				+ "(veza.migrations.on-failure=refuse-traffic) until all migrations are applied. "
				+ "The table is odd. Look at it.");
	}

	@Test
	void gateOpensWhenNothingIsPendingAnyMore() {
		given(this.migrator.isUpToDate()).willThrow(new DatabaseUnreachableException("Down.", null))
			.willReturn(false, true);
		refuse();
		publish(ReadinessState.ACCEPTING_TRAFFIC);

		this.watching.forEach(Runnable::run);

		assertThat(this.availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
	}

	@Test
	void gateDoesNotMindWhatIsHeldIfThatIsAccepted() {
		this.gate.refuse(List.of(HELD));

		publish(ReadinessState.ACCEPTING_TRAFFIC);

		assertThat(this.availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
	}

	@Test
	void gateThatRefusesWhatIsHeldOpensWhenItIsReleased(CapturedOutput output) {
		ReadinessTrafficGate strict = strictGate();
		given(this.migrator.isUpToDate()).willReturn(true);
		given(this.migrator.held()).willReturn(List.of(HELD)).willReturn(List.of());
		strict.refuse(List.of(HELD));
		publish(ReadinessState.ACCEPTING_TRAFFIC);
		assertThat(this.availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);

		this.watching.forEach(Runnable::run);

		assertThat(this.availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
		then(this.migrator).should(times(2)).held();
		assertThat(output).contains("(veza.migrations.on-held=refuse-traffic) until no migration is held any more");
	}

	@Test
	void gateThatRefusesWhatIsHeldStaysOpenIfNothingIs() {
		strictGate().refuse(List.of());

		publish(ReadinessState.ACCEPTING_TRAFFIC);

		assertThat(this.availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
	}

	@Test
	void openGateLetsLaterTrafficIn() {
		given(this.migrator.isUpToDate()).willReturn(true);
		refuse();
		this.watching.forEach(Runnable::run);

		publish(ReadinessState.ACCEPTING_TRAFFIC);

		assertThat(this.availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
	}

	@Test
	void gateThatOpensBeforeTheApplicationIsReadyAcceptsNothing() {
		given(this.migrator.isUpToDate()).willReturn(true);
		refuse();

		this.watching.forEach(Runnable::run);

		assertThat(this.availability.getLastChangeEvent(ReadinessState.class)).isNull();
	}

	@Test
	void gateThatOpensWhileTheApplicationStopsAcceptsNothing() {
		given(this.migrator.isUpToDate()).willReturn(true);
		refuse();
		publish(ReadinessState.ACCEPTING_TRAFFIC);
		publish(ReadinessState.REFUSING_TRAFFIC);

		this.watching.forEach(Runnable::run);

		assertThat(this.availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
	}

	private ReadinessTrafficGate strictGate() {
		ReadinessTrafficGate gate = new ReadinessTrafficGate(this.context, this.migrator, true,
				new ConditionPoller(() -> Duration.ZERO), this.watching::add);
		this.context.addApplicationListener(gate);
		return gate;
	}

	private void refuse() {
		this.gate.refuse(new HistoryRefusedException("The table is odd. Look at it."));
	}

	private void publish(ReadinessState state) {
		AvailabilityChangeEvent.publish(this.context, state);
	}

}
