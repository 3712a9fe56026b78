package io.veza.migrations.autoconfigure.command;

import java.util.List;

import io.veza.migrations.actuate.descriptor.FindingDescriptor;
import io.veza.migrations.actuate.descriptor.KnownRehearsalDescriptor;
import io.veza.migrations.actuate.descriptor.LossDescriptor;
import io.veza.migrations.actuate.descriptor.PlanDescriptor;
import io.veza.migrations.actuate.descriptor.PlanDescriptor.PlannedBackup;
import io.veza.migrations.actuate.descriptor.PlanDescriptor.PlannedMigration;
import io.veza.migrations.actuate.descriptor.PlanDescriptor.PlannedSegment;
import io.veza.migrations.actuate.descriptor.PlanDescriptor.PlannedStatement;
import io.veza.migrations.actuate.descriptor.PlanDescriptor.PlannedTable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlanTextFormatTests {

	@Test
	void ofShowsWhatSharesATransactionAndWhatIsDoneAndCut() {
		PlannedMigration first = new PlannedMigration("1", "a", "1_a.sql", "file", true, 1,
				List.of(new PlannedStatement("UPDATE a\nSET b = 1", "1_a.sql", 2, false)), false,
				new KnownRehearsalDescriptor("no", List.of(
						new FindingDescriptor("column-dropped", "error", "1_a.sql", 2, 1, null, "It is gone.", "", "",
								null),
						new FindingDescriptor("test-data", "error", "1_a.sql", 3, 1, null, "", "", "", "known"))));
		PlannedMigration second = new PlannedMigration("2", "b", "2_b.sql", "file", false, 3,
				List.of(new PlannedStatement("SELECT 1", "2_b.sql", 2, true)), true, null);

		OutputTextLines text = PlanTextFormat.of(new PlanDescriptor("migrate", List.of(first, second),
				List.of(new PlannedSegment(true, List.of("1")), new PlannedSegment(false, List.of("2"))),
				List.of("careful"), List.of("refused\nfor two reasons"),
				List.of(new PlannedTable("public.a", 8192L, 7L, List.of("process 4711"))),
				List.of(new LossDescriptor("columns", "public.a", List.of("b"), 7L, true)), List.of("2"),
				new PlannedBackup("in-database", "Copied."), "v1-a"));

		assertThat(text).hasToString("""
				Plan of migrate: 2 migration(s)

				In one transaction:
				  1 a
				    Rehearsed: no
				      [error] column-dropped at 1_a.sql:2: It is gone.
				    1_a.sql:2
				      UPDATE a
				      SET b = 1

				Statement by statement:
				  2 b
				    2_b.sql:2 (done by an earlier run, passed over)
				      SELECT 1
				    … cut: 3 statements in all

				Tables:
				  public.a: 8192 bytes, about 7 row(s), locked by process 4711

				Expected losses:
				  columns public.a (b), about 7 row(s)

				Nothing is recorded of 2: what their DOWNs destroy is not known before.

				Backup (in-database): Copied.

				Warnings:
				  careful

				Refused:
				  refused
				  for two reasons
				""");
	}

}
