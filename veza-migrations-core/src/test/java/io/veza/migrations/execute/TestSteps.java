package io.veza.migrations.execute;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.veza.migrations.CancellationToken;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import io.veza.migrations.sql.MigrationSection;
import io.veza.migrations.sql.SqlScript;
import org.jspecify.annotations.Nullable;

import static org.mockito.Mockito.mock;

/**
 * Steps of a plan, and limits of a run, for tests that need no database.
 */
public final class TestSteps {

	/** The clock of a run that takes no time. */
	public static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

	private TestSteps() {
	}

	public static PlanStep step(String version) {
		return step(version, section(null, null));
	}

	public static PlanStep step(String version, MigrationSection section) {
		return new PlanStep(MigrationVersion.of(version), "step", section, version + "_step.sql", PlanStep.Source.FILE,
				null, null, null);
	}

	public static MigrationSection section(@Nullable Duration lockTimeout, @Nullable Duration statementTimeout) {
		return new MigrationSection(Map.of(), true, lockTimeout, statementTimeout, List.of(), null, 2,
				mock(SqlScript.class));
	}

	/**
	 * Return limits of a run that finds the same session in its way again and again.
	 * @param retryFor how long it tries to get a lock
	 * @param blame who is in its way
	 * @param cancellation ends it early
	 * @return the limits
	 */
	public static RunLimits limits(Duration retryFor, BlockerLookup.Blame blame, CancellationToken cancellation) {
		return new RunLimits(new StatementTimeouts(Duration.ofMillis(500), retryFor, null), (sql) -> blame,
				cancellation, new StatementInterruption(), CLOCK, () -> 0, false);
	}

}
