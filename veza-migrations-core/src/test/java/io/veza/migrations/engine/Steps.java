package io.veza.migrations.engine;

import java.util.List;
import java.util.Map;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanStep;
import io.veza.migrations.sql.MigrationSection;
import io.veza.migrations.sql.SqlScript;

import static org.mockito.Mockito.mock;

/**
 * Steps whose statements are only counted.
 */
public final class Steps {

	private Steps() {
	}

	public static PlanStep step(String... statements) {
		MigrationSection section = new MigrationSection(Map.of(), true, null, null, List.of(), null, statements.length,
				mock(SqlScript.class));
		return new PlanStep(MigrationVersion.of("001"), "step", section, "001_step.sql", PlanStep.Source.FILE, null,
				null, null);
	}

}
