package io.veza.migrations.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.veza.migrations.sql.MigrationSection;
import io.veza.migrations.sql.SqlScript;
import io.veza.migrations.sql.StatementReader;
import org.jspecify.annotations.Nullable;

/**
 * Sections whose SQL cannot be read, since planning does no I/O.
 */
final class TestSections {

	private TestSections() {
	}

	static MigrationSection transactional() {
		return section(true, null, 1);
	}

	static MigrationSection nonTransactional() {
		return section(false, null, 2);
	}

	static MigrationSection irreversible(String reason) {
		return section(true, reason, 0);
	}

	static MigrationSection withoutStatements() {
		return section(true, null, 0);
	}

	private static MigrationSection section(boolean transactional, @Nullable String irreversible, int statements) {
		return new MigrationSection(Map.of(), transactional, null, null, List.of(), irreversible, statements,
				new UnreadableScript());
	}

	private static final class UnreadableScript implements SqlScript {

		@Override
		public StatementReader open() {
			throw new UnsupportedOperationException("Planning reads no SQL");
		}

		@Override
		public Optional<String> text(int maxBytes) {
			throw new UnsupportedOperationException("Planning reads no SQL");
		}

	}

}
