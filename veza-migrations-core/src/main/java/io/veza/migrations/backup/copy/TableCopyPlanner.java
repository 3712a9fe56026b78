package io.veza.migrations.backup.copy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.veza.migrations.backup.QuotedNames;
import io.veza.migrations.backup.loss.LostTableData;
import io.veza.migrations.backup.loss.ObservedDataLosses;
import io.veza.migrations.failure.BackupFailedException;
import io.veza.migrations.sql.DatabaseRead;
import io.veza.migrations.sql.StatementRunner;

/**
 * Decides what is copied of tables that are locked, and refuses what cannot be kept so.
 */
final class TableCopyPlanner {

	private static final String NO_KEY = "the table \"%s\" loses %s, and has no primary key "
			+ "(or unique index over columns that are not null) that stays";

	private static final String FILLED = "SELECT t.oid FROM (VALUES %s) t (oid, filled) WHERE t.filled";

	/** One query for all of them would need one plan for all of them. */
	private static final int MAX_TABLES = 200;

	private final StatementRunner statements;

	TableCopyPlanner(StatementRunner statements) {
		this.statements = statements;
	}

	/**
	 * Decide.
	 * @param losses what is going to be lost
	 * @return the tables with rows
	 * @throws SQLException if a query fails
	 * @throws BackupFailedException if something cannot be kept
	 */
	List<TableCopyPlan> plan(ObservedDataLosses losses) throws SQLException {
		Map<Long, SourceTable> sources = new SourceTableReader(this.statements)
			.read(losses.tables().stream().map(LostTableData::oid).toList())
			.stream()
			.collect(Collectors.toMap(SourceTable::oid, Function.identity()));
		Set<Long> filled = filled(sources.values());
		List<String> problems = new ArrayList<>(losses.others());
		List<TableCopyPlan> plans = new ArrayList<>();
		for (LostTableData loss : losses.tables()) {
			SourceTable source = sources.get(loss.oid());
			if (source == null) {
				throw BackupFailures.changedMeanwhile("\"" + loss.name() + "\" is gone", null);
			}
			if (filled.contains(loss.oid())) {
				plan(loss, source).ifPresentOrElse(plans::add, () -> problems.add(noKey(loss)));
			}
		}
		if (!problems.isEmpty()) {
			throw new BackupFailedException(
					"What the rollback destroys cannot be kept in the database: " + String.join("; ", problems) + ".",
					BackupFailures.OTHER_MODES.replace("Otherwise ask", "Ask"), null);
		}
		return plans;
	}

	private static Optional<TableCopyPlan> plan(LostTableData loss, SourceTable source) {
		Optional<List<Integer>> key = source.keyWithout(loss.gone() ? Set.of() : loss.droppedNumbers());
		if (key.isEmpty() && !loss.gone()) {
			return Optional.empty();
		}
		List<Integer> numbers = key.orElse(List.of());
		List<SourceColumn> columns = loss.whole() ? source.columns() : source.columns(numbers, loss.numbers());
		return Optional.of(new TableCopyPlan(loss, source, columns, numbers));
	}

	private static String noKey(LostTableData loss) {
		String lost = loss.rows() ? "rows"
				: "the columns " + QuotedNames.of(loss.columns().stream().map(LostTableData.LostColumn::name).toList());
		return NO_KEY.formatted(loss.name(), lost);
	}

	private Set<Long> filled(Collection<SourceTable> sources) throws SQLException {
		List<String> rows = sources.stream()
			.filter((source) -> !source.columns().isEmpty())
			.map((source) -> "(%d, EXISTS (SELECT 1 FROM ONLY %s))".formatted(source.oid(), source.sql()))
			.toList();
		Set<Long> filled = new HashSet<>();
		for (int first = 0; first < rows.size(); first += MAX_TABLES) {
			String some = String.join(", ", rows.subList(first, Math.min(first + MAX_TABLES, rows.size())));
			filled.addAll(this.statements.read(DatabaseRead.list(FILLED.formatted(some), (row) -> row.getLong(1))));
		}
		return filled;
	}

}
