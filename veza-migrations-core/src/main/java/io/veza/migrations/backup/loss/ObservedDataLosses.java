package io.veza.migrations.backup.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.veza.migrations.DataLoss;
import io.veza.migrations.DataLoss.Kind;

/**
 * The data that a DOWN destroys, as observed by running it.
 */
public final class ObservedDataLosses {

	private final List<LostTableData> tables;

	private final Map<Long, String> sequences;

	private final List<String> others;

	/**
	 * Create a new instance.
	 * @param tables the tables that lose data
	 * @param sequences the names of sequences that are dropped or begin again, by their
	 * object identifiers
	 * @param others all other losses, in words
	 */
	public ObservedDataLosses(List<LostTableData> tables, Map<Long, String> sequences, List<String> others) {
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

	/**
	 * Return a loss without columns and rows.
	 * @param kind what is lost
	 * @param object the name of the object
	 * @return the loss
	 */
	public static DataLoss plain(Kind kind, String object) {
		return new DataLoss(kind, object, List.of(), null, false);
	}

	/**
	 * Return whether nothing is lost.
	 * @return whether there is no loss
	 */
	public boolean isEmpty() {
		return this.tables.isEmpty() && this.sequences.isEmpty() && this.others.isEmpty();
	}

	public List<LostTableData> tables() {
		return this.tables;
	}

	/**
	 * Return the sequences that are dropped or begin again.
	 * @return their names by their object identifiers
	 */
	public Map<Long, String> sequences() {
		return this.sequences;
	}

	public List<String> others() {
		return this.others;
	}

	/**
	 * Return the losses of a second run that are not among these.
	 * @param later the losses of the second run
	 * @return the names of what was not expected
	 */
	public List<String> unexpected(ObservedDataLosses later) {
		Map<Long, LostTableData> known = this.tables.stream()
			.collect(Collectors.toMap(LostTableData::oid, Function.identity()));
		List<String> names = new ArrayList<>(later.others);
		later.tables.stream()
			.filter((table) -> !known.containsKey(table.oid()) || !known.get(table.oid()).covers(table))
			.map(LostTableData::name)
			.forEach(names::add);
		later.sequences.keySet()
			.stream()
			.filter((oid) -> !this.sequences.containsKey(oid))
			.map(later.sequences::get)
			.forEach(names::add);
		return names;
	}

}
