package io.veza.migrations.backup;

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

import io.veza.migrations.BackupFailedException;

/**
 * Decides what is copied of tables that are locked, and refuses what cannot be kept so.
 */
final class CopyPlanner {

	private static final String NO_KEY = "the table \"%s\" loses %s, and has no primary key "
			+ "(or unique index over columns that are not null) that stays";

	private static final String FILLED = "SELECT t.oid FROM (VALUES %s) t (oid, filled) WHERE t.filled";

	/** One query for all of them would need one plan for all of them. */
	private static final int MAX_TABLES = 200;

	private final Statements statements;

	CopyPlanner(Statements statements) {
		this.statements = statements;
	}

	/**
	 * Decide.
	 * @param losses what is going to be lost
	 * @return the tables with rows
	 * @throws SQLException if a query fails
	 * @throws BackupFailedException if something cannot be kept
	 */
	List<TablePlan> plan(Losses losses) throws SQLException {
		Map<Long, SourceTable> sources = new SourceTables(this.statements)
			.read(losses.tables().stream().map(LostTable::oid).toList())
			.stream()
			.collect(Collectors.toMap(SourceTable::oid, Function.identity()));
		Set<Long> filled = filled(sources.values());
		List<String> problems = new ArrayList<>(losses.others());
		List<TablePlan> plans = new ArrayList<>();
		for (LostTable loss : losses.tables()) {
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

	private static Optional<TablePlan> plan(LostTable loss, SourceTable source) {
		Optional<List<Integer>> key = source.keyWithout(loss.gone() ? Set.of() : loss.droppedNumbers());
		if (key.isEmpty() && !loss.gone()) {
			return Optional.empty();
		}
		List<Integer> numbers = key.orElse(List.of());
		List<SourceColumn> columns = loss.whole() ? source.columns() : source.columns(numbers, loss.numbers());
		return Optional.of(new TablePlan(loss, source, columns, numbers));
	}

	private static String noKey(LostTable loss) {
		String lost = loss.rows() ? "rows"
				: "the columns " + Names.listed(loss.columns().stream().map(LostTable.LostColumn::name).toList());
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
			filled.addAll(this.statements.list(FILLED.formatted(some), (row) -> row.getLong(1)));
		}
		return filled;
	}

}
