package io.veza.migrations.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.veza.migrations.DataLoss;
import io.veza.migrations.DataLoss.Kind;

/**
 * What a DOWN destroys, as found by running it.
 */
public final class Losses {

	private final List<LostTable> tables;

	private final Map<Long, String> sequences;

	private final List<String> others;

	Losses(List<LostTable> tables, Map<Long, String> sequences, List<String> others) {
		this.tables = List.copyOf(tables);
		this.sequences = Map.copyOf(sequences);
		this.others = List.copyOf(others);
	}

	/**
	 * Return what is lost, as users see it. A table that loses columns and rows is there
	 * twice.
	 * @return the losses: tables, sequences, all else
	 */
	public List<DataLoss> describe() {
		List<DataLoss> losses = new ArrayList<>();
		this.tables.forEach((table) -> losses.addAll(table.describe()));
		this.sequences.values().stream().sorted().map((name) -> plain(Kind.SEQUENCE, name)).forEach(losses::add);
		this.others.stream().map((words) -> plain(Kind.OTHER, words)).forEach(losses::add);
		return losses;
	}

	static DataLoss plain(Kind kind, String object) {
		return new DataLoss(kind, object, List.of(), null, false);
	}

	/**
	 * Return whether nothing is lost.
	 * @return whether there is no loss
	 */
	public boolean isEmpty() {
		return this.tables.isEmpty() && this.sequences.isEmpty() && this.others.isEmpty();
	}

	List<LostTable> tables() {
		return this.tables;
	}

	/**
	 * Return the sequences that are dropped or begin again.
	 * @return their names by their object identifiers
	 */
	Map<Long, String> sequences() {
		return this.sequences;
	}

	List<String> others() {
		return this.others;
	}

	/**
	 * Return what of a second look is not among what this one found.
	 * @param later what was lost in the end
	 * @return the names of what was not expected
	 */
	List<String> unexpected(Losses later) {
		Map<Long, LostTable> known = this.tables.stream()
			.collect(Collectors.toMap(LostTable::oid, Function.identity()));
		List<String> names = new ArrayList<>(later.others);
		later.tables.stream()
			.filter((table) -> !known.containsKey(table.oid()) || !known.get(table.oid()).covers(table))
			.map(LostTable::name)
			.forEach(names::add);
		later.sequences.keySet()
			.stream()
			.filter((oid) -> !this.sequences.containsKey(oid))
			.map(later.sequences::get)
			.forEach(names::add);
		return names;
	}

}
