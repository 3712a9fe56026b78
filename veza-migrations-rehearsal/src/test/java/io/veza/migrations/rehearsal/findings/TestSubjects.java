package io.veza.migrations.rehearsal.findings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.veza.migrations.Migration;
import io.veza.migrations.Migration.Content;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.Reversibility;
import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.effect.RehearsedMigration.SecondTime;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.MigrationSection;
import io.veza.migrations.sql.MigrationSection.AcceptedFinding;
import io.veza.migrations.sql.SqlScript;
import io.veza.migrations.sql.StatementReader;
import org.jspecify.annotations.Nullable;

/**
 * Makes migrations of which only the sections and the acceptances matter.
 */
public final class TestSubjects {

	private TestSubjects() {
	}

	public static FindingSubject of(RehearsedSection up, @Nullable RehearsedSection down) {
		return of(up, List.of(), down, List.of());
	}

	public static FindingSubject of(RehearsedSection up, List<AcceptedFinding> inUp, @Nullable RehearsedSection down,
			List<AcceptedFinding> inDown) {
		Checksum checksum = new Checksum("0".repeat(64));
		Content content = new Content(checksum, checksum, section(inUp), section(inDown));
		Migration migration = new Migration(MigrationVersion.of("001"), "a", "001_a.sql", checksum, () -> content);
		RehearsedMigration rehearsed = new RehearsedMigration(migration, Reversibility.EXACT, up, down, null, List.of(),
				List.of(), SecondTime.NOT_RUN, Set.of(), List.of());
		return new FindingSubject(rehearsed, List.of(), List.of(), Set.of());
	}

	private static MigrationSection section(List<AcceptedFinding> accepted) {
		return new MigrationSection(Map.of(), true, null, null, accepted, null, 1, new NoScript());
	}

	/**
	 * SQL that nobody reads.
	 */
	private static final class NoScript implements SqlScript {

		@Override
		public StatementReader open() {
			throw new UnsupportedOperationException();
		}

		@Override
		public Optional<String> text(int maxBytes) {
			return Optional.empty();
		}

	}

}
