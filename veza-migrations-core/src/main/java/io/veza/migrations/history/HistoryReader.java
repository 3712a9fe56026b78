package io.veza.migrations.history;

import java.util.List;

import io.veza.migrations.HeldMigration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.sql.DatabaseRead;

/**
 * Reads the history tables.
 */
public final class HistoryReader {

	private final HistoryLayout layout;

	/**
	 * Create a new instance.
	 * @param layout which of the tables and columns exist
	 */
	public HistoryReader(HistoryLayout layout) {
		this.layout = layout;
	}

	/**
	 * Return the read of the history that decides about the next run.
	 * @return the read, whose answer is empty if there are no tables
	 */
	public DatabaseRead<MigrationHistory> history() {
		return history(false);
	}

	/**
	 * Return the read of the history together with who applied each migration.
	 * @return the read, whose answer is empty if there are no tables
	 */
	public DatabaseRead<MigrationHistory> historyWithAuthors() {
		return history(true);
	}

	private DatabaseRead<MigrationHistory> history(boolean withAuthors) {
		if (!this.layout.historyExists()) {
			return DatabaseRead.known(MigrationHistory.EMPTY);
		}
		return new AppliedMigrationReader(this.layout).applied(withAuthors)
			.and(new MigrationProgressReader(this.layout).unfinished(),
					(applied, unfinished) -> new MigrationHistory(applied, unfinished, List.of()))
			.and(new HeldMigrationReader(this.layout).rolledBack(), HistoryReader::withHeld);
	}

	/** A version that is applied again, under whatever spelling, is not held. */
	private static MigrationHistory withHeld(MigrationHistory history, List<HeldMigration> rolledBack) {
		List<HeldMigration> held = rolledBack.stream()
			.filter((migration) -> history.applied()
				.stream()
				.noneMatch((row) -> row.version().equals(migration.version())))
			.toList();
		return new MigrationHistory(history.applied(), history.unfinished(), held);
	}

	/**
	 * Return the reader of the audit log.
	 * @return the reader
	 */
	public MigrationEventReader events() {
		return new MigrationEventReader(this.layout);
	}

	/**
	 * Return the reader of the DOWNs that are stored with the rows.
	 * @return the reader
	 */
	public StoredDownReader storedDowns() {
		return new StoredDownReader(this.layout);
	}

}
