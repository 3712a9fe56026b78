package io.veza.migrations.backup.restore;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.veza.migrations.backup.KeptItem;
import io.veza.migrations.backup.KeptOperation;
import io.veza.migrations.backup.QuotedNames;
import io.veza.migrations.failure.RestoreFailedException;
import io.veza.migrations.sql.SqlQuoting;
import io.veza.migrations.sql.StatementRunner;

/**
 * Gives sequences back the value that was kept, unless they are further already.
 */
final class KeptSequenceRestore {

	/** The sequence of a column has another name if the column got it elsewhere. */
	private static final String FIND = """
			SELECT s.seqincrement > 0 AS ascending, pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
			FROM pg_catalog.pg_sequence s
			JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
			JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE c.oid = coalesce(pg_catalog.to_regclass(CAST(? AS text)),
				CASE WHEN EXISTS (
					SELECT 1
					FROM pg_catalog.pg_attribute a
					WHERE a.attrelid = pg_catalog.to_regclass(CAST(? AS text)) AND a.attname = ?)
				THEN pg_catalog.to_regclass(pg_catalog.pg_get_serial_sequence(CAST(? AS text), CAST(? AS text))) END)""";

	private static final String SET = "SELECT pg_catalog.setval(CAST(? AS regclass), ?, ?)";

	private final StatementRunner statements;

	private final KeptOperation operation;

	KeptSequenceRestore(StatementRunner statements, KeptOperation operation) {
		this.statements = statements;
		this.operation = operation;
	}

	List<RestoredObject> restore(List<KeptItem> items) throws SQLException {
		List<RestoredObject> restored = new ArrayList<>();
		for (KeptItem item : items) {
			Sequence sequence = find(item).orElseThrow(() -> new RestoreFailedException(
					"What the operation \"%s\" destroyed has no place: the sequence %s is not there."
						.formatted(this.operation.id(), item.sql()),
					"Apply version %s first.".formatted(QuotedNames.of(this.operation.versions())), null));
			advance(sequence, item);
			restored.add(new RestoredObject(item.kind(), sequence.name(), 0, 0));
		}
		return restored;
	}

	private Optional<Sequence> find(KeptItem item) throws SQLException {
		String owner = (item.parentSchema() != null && item.parentName() != null)
				? SqlQuoting.identifier(item.parentSchema(), item.parentName()) : null;
		String column = item.columns().isEmpty() ? null : item.columns().get(0);
		return this.statements
			.query(FIND, (row) -> new Sequence(row.getString("name"), row.getBoolean("ascending")), item.sql(), owner,
					column, owner, column)
			.stream()
			.findFirst();
	}

	private void advance(Sequence sequence, KeptItem item) throws SQLException {
		Position current = this.statements.queryOne("SELECT last_value, is_called FROM " + sequence.name(),
				(row) -> new Position(row.getLong(1), row.getBoolean(2)));
		Position kept = new Position((item.sequenceValue() != null) ? item.sequenceValue() : current.value(),
				item.sequenceCalled());
		if (kept.isBeyond(current, sequence.ascending())) {
			this.statements.query(SET, (row) -> row.getLong(1), sequence.name(), kept.value(), kept.called());
		}
	}

	/**
	 * A sequence.
	 *
	 * @param name its name with its schema, as SQL writes it
	 * @param ascending whether its values grow
	 */
	private record Sequence(String name, boolean ascending) {
	}

	/**
	 * The place of a sequence.
	 *
	 * @param value its last value
	 * @param called whether that was given to somebody
	 */
	private record Position(long value, boolean called) {

		boolean isBeyond(Position other, boolean ascending) {
			if (this.value == other.value) {
				return this.called && !other.called;
			}
			return ascending == (this.value > other.value);
		}

	}

}
