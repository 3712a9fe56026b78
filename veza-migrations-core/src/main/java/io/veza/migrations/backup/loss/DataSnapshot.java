package io.veza.migrations.backup.loss;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.veza.migrations.backup.loss.DataRelation.DataColumn;
import io.veza.migrations.backup.loss.LostTableData.LostColumn;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of the relations that hold data, at one moment of a transaction. Two of them
 * tell what was destroyed in between. A change counts only if the session holds the lock
 * that comes with it: others may drop tables meanwhile, too.
 */
public final class DataSnapshot {

	private final boolean counting;

	private final String isolation;

	private final Map<Long, DataRelation> relations = new LinkedHashMap<>();

	private final Set<Long> dropped;

	/**
	 * Create a new instance.
	 * @param counting whether the server counts which rows the session deletes and
	 * updates
	 * @param isolation the isolation level of the transaction
	 * @param relations what there is
	 * @param dropped what the session has dropped, by its locks
	 */
	DataSnapshot(boolean counting, String isolation, Collection<DataRelation> relations, Set<Long> dropped) {
		this.counting = counting;
		this.isolation = isolation;
		relations.forEach((relation) -> this.relations.put(relation.oid(), relation));
		this.dropped = Set.copyOf(dropped);
	}

	boolean counting() {
		return this.counting;
	}

	/**
	 * Return the isolation level of the transaction.
	 * @return the level, as SQL names it in small letters
	 */
	public String isolation() {
		return this.isolation;
	}

	/**
	 * Return what was destroyed between this snapshot and a later one of the same
	 * transaction.
	 * @param later the later snapshot
	 * @return the losses
	 */
	ObservedDataLosses until(DataSnapshot later) {
		List<LostTableData> tables = new ArrayList<>();
		Map<Long, String> sequences = new LinkedHashMap<>();
		List<String> others = new ArrayList<>();
		for (DataRelation before : this.relations.values()) {
			DataRelation after = later.relations.get(before.oid());
			boolean gone = after == null && later.dropped.contains(before.oid());
			if (before.excluded() || (after == null && !gone)) {
				continue;
			}
			switch (before.kind()) {
				case 'r' -> tables.add(table(before, after));
				case 'S' -> {
					if (after == null || after.filenode() != before.filenode()) {
						sequences.put(before.oid(), before.name());
					}
				}
				default -> others.addAll(other(before, after));
			}
		}
		if (!this.counting || !later.counting) {
			others.add("rows that are deleted or updated, which the server does not count because track_counts is off");
		}
		return new ObservedDataLosses(tables.stream().filter(LostTableData::isLoss).toList(), sequences, others);
	}

	private static LostTableData table(DataRelation before, @Nullable DataRelation after) {
		if (after == null) {
			return new LostTableData(before.oid(), before.name(), true, false, List.of(), before.estimate(), 0);
		}
		long changed = after.changed() - before.changed();
		List<LostColumn> columns = after.exclusive() ? columns(before, after) : List.of();
		return new LostTableData(before.oid(), before.name(), false, changed != 0 || isRewritten(before, after),
				columns, before.estimate(), changed);
	}

	/**
	 * A table that is truncated gets a new file, and so does one whose values were
	 * computed anew without a change of their type; which of them have changed is seen
	 * afterwards.
	 */
	private static boolean isRewritten(DataRelation before, DataRelation after) {
		return after.exclusive() && after.filenode() != before.filenode();
	}

	private static List<LostColumn> columns(DataRelation before, DataRelation after) {
		if (before.columns().equals(after.columns())) {
			return List.of();
		}
		Map<Integer, DataColumn> present = after.parsedColumns();
		List<LostColumn> lost = new ArrayList<>();
		before.parsedColumns().forEach((number, column) -> {
			DataColumn now = present.get(number);
			if (now == null || !now.type().equals(column.type())) {
				lost.add(new LostColumn(number, column.name(), now == null));
			}
		});
		return lost;
	}

	private static List<String> other(DataRelation before, @Nullable DataRelation after) {
		if (after == null) {
			return List.of();
		}
		return switch (before.kind()) {
			case 'f' -> (after.writing() && !before.writing())
					? List.of("rows of the foreign table \"" + before.name() + "\"") : List.of();
			case 'c' -> before.used() ? attributes(before, after) : List.of();
			default -> (after.changed() != before.changed()) ? List.of("large objects") : List.of();
		};
	}

	private static List<String> attributes(DataRelation before, DataRelation after) {
		return columns(before, after).stream()
			.map((column) -> "the attribute \"%s\" of values of the type \"%s\"".formatted(column.name(),
					before.name()))
			.toList();
	}

}
