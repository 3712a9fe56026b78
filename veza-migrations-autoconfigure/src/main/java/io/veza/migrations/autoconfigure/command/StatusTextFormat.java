package io.veza.migrations.autoconfigure.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.veza.migrations.actuate.descriptor.MigrationDescriptor;
import io.veza.migrations.actuate.descriptor.MigrationsDescriptor;
import io.veza.migrations.status.MigrationStatus;
import org.jspecify.annotations.Nullable;

/**
 * The state of a database, as people read it.
 */
final class StatusTextFormat {

	private static final List<String> HEAD = List.of("version", "description", "state", "applied at", "by", "took");

	private StatusTextFormat() {
	}

	static OutputTextLines of(MigrationStatus status) {
		OutputTextLines text = new OutputTextLines();
		MigrationStatus.Database database = status.database();
		if (database != null) {
			text.line("Database " + describe(database));
		}
		text.line("State    " + status.state().id());
		addTable(text, MigrationsDescriptor.of(status, true));
		return text.list("Problems", status.problems());
	}

	static String describe(MigrationStatus.Database database) {
		String host = (database.host() != null) ? " on " + database.host() : "";
		return "\"" + database.name() + "\"" + host + ", PostgreSQL " + database.version() + ", as user \""
				+ database.user() + "\"";
	}

	private static void addTable(OutputTextLines text, MigrationsDescriptor status) {
		List<List<String>> rows = new ArrayList<>();
		Stream.concat(status.applied().stream(), status.pending().stream())
			.map(StatusTextFormat::row)
			.forEach(rows::add);
		if (rows.isEmpty()) {
			return;
		}
		rows.add(0, HEAD);
		int[] widths = IntStream.range(0, HEAD.size())
			.map((column) -> rows.stream().mapToInt((row) -> row.get(column).length()).max().orElse(0))
			.toArray();
		text.line("");
		rows.forEach((row) -> text.line(padded(row, widths)));
	}

	private static List<String> row(MigrationDescriptor migration) {
		Long time = migration.executionTimeMs();
		return List.of(migration.version(), migration.description(), migration.state(), orEmpty(migration.appliedAt()),
				orEmpty(migration.appliedBy()), (time != null) ? time + " ms" : "");
	}

	private static String padded(List<String> row, int[] widths) {
		StringBuilder line = new StringBuilder();
		for (int column = 0; column < widths.length; column++) {
			String cell = row.get(column);
			line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
		}
		return line.toString();
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
