package io.veza.migrations.execute;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.veza.migrations.PlanStep;
import io.veza.migrations.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Statements that are sent together without waiting for each answer: a JDBC batch, which
 * pgjdbc pipelines. The texts are not prepared statements, because {@code ?} is an
 * operator of PostgreSQL.
 */
final class Flight {

	/** Below the number at which pgjdbc forces a round trip of its own. */
	private static final int MAX_ENTRIES = 240;

	/**
	 * While we send and do not read, the server may fill its side with notices and stop
	 * reading: what is under way has to fit into the buffers of the connection, which
	 * take at least 64 KB. The record of what a migration did to the catalogs fits.
	 */
	private static final int MAX_BYTES = 60 * 1024;

	/**
	 * The number of the entry is the first number in pgjdbc's message, in any language.
	 */
	private static final Pattern ENTRY_NUMBER = Pattern.compile("\\p{Nd}+");

	private final Connection connection;

	private final Interruption interruption;

	private final Consumer<List<SentStatement>> listener;

	private final Consumer<List<Entry>> answered;

	private final List<Entry> entries = new ArrayList<>();

	private int bytes;

	/**
	 * Create a new instance.
	 * @param connection where to send
	 * @param interruption cancels what is sent
	 * @param listener is told what is about to be sent
	 */
	Flight(Connection connection, Interruption interruption, Consumer<List<SentStatement>> listener) {
		this(connection, interruption, listener, (done) -> {
		});
	}

	/**
	 * Create a new instance.
	 * @param connection where to send
	 * @param interruption cancels what is sent
	 * @param listener is told what is about to be sent
	 * @param answered is told which statements the server has run, also if a later one
	 * failed
	 */
	Flight(Connection connection, Interruption interruption, Consumer<List<SentStatement>> listener,
			Consumer<List<Entry>> answered) {
		this.connection = connection;
		this.interruption = interruption;
		this.listener = listener;
		this.answered = answered;
	}

	/**
	 * Add a statement of ours.
	 * @param sql the statement
	 * @return this flight
	 * @throws FlightFailedException if the flight was full, was sent and failed
	 */
	Flight add(String sql) throws FlightFailedException {
		return add(new Entry(sql, Kind.OTHER, null, null, null));
	}

	/**
	 * Add a statement of ours with which a migration begins.
	 * @param sql the statement
	 * @param step the migration
	 * @return this flight
	 * @throws FlightFailedException if the flight was full, was sent and failed
	 */
	Flight addBeginning(String sql, PlanStep step) throws FlightFailedException {
		return add(new Entry(sql, Kind.OTHER, step, null, null));
	}

	Flight addAll(List<String> statements) throws FlightFailedException {
		for (String sql : statements) {
			add(sql);
		}
		return this;
	}

	/**
	 * Add a statement of a migration.
	 * @param step the migration
	 * @param number the number of the statement, from 1
	 * @param statement the statement
	 * @return this flight
	 * @throws FlightFailedException if the flight was full, was sent and failed
	 */
	Flight add(PlanStep step, int number, SqlStatement statement) throws FlightFailedException {
		Entry entry = new Entry(statement.sql(), Kind.MIGRATION, step, statement,
				new SentStatement(step, number, statement.sql()));
		if (statement.kind() == SqlStatement.Kind.VALIDATE_CONSTRAINT) {
			return add(Unhurried.BEGIN).add(entry).add(Unhurried.END);
		}
		return add(entry);
	}

	/**
	 * Add what is recorded of a migration.
	 * @param statements the SQL
	 * @param step the migration
	 * @return this flight
	 * @throws FlightFailedException if the flight was full, was sent and failed
	 */
	Flight addRecord(List<String> statements, PlanStep step) throws FlightFailedException {
		for (String sql : statements) {
			add(new Entry(sql, Kind.RECORD, step, null, null));
		}
		return this;
	}

	/**
	 * Add what checks, before a migration begins, that the session is as it has to be.
	 * @param statements the SQL
	 * @param step the migration
	 * @return this flight
	 * @throws FlightFailedException if the flight was full, was sent and failed
	 */
	Flight addCheck(List<String> statements, PlanStep step) throws FlightFailedException {
		for (String sql : statements) {
			add(new Entry(sql, Kind.CHECK, step, null, null));
		}
		return this;
	}

	/**
	 * Add a statement of ours that completes what a migration has done, so that its
	 * failure is that of the migration.
	 * @param sql the statement
	 * @param step the migration
	 * @param last the last statement of the migration, {@code null} if it has none
	 * @return this flight
	 * @throws FlightFailedException if the flight was full, was sent and failed
	 */
	Flight addCompletion(String sql, PlanStep step, @Nullable SqlStatement last) throws FlightFailedException {
		return add(new Entry(sql, Kind.COMPLETION, step, last, null));
	}

	private Flight add(Entry entry) throws FlightFailedException {
		if (this.bytes + entry.bytes() > MAX_BYTES) {
			send();
		}
		this.entries.add(entry);
		this.bytes += entry.bytes();
		if (this.entries.size() >= MAX_ENTRIES || this.bytes >= MAX_BYTES) {
			send();
		}
		return this;
	}

	/**
	 * Forget what was added and not sent, but for the migrations that are complete.
	 */
	void dropIncomplete() {
		while (!this.entries.isEmpty() && this.entries.get(this.entries.size() - 1).kind() != Kind.COMPLETION) {
			this.bytes -= this.entries.remove(this.entries.size() - 1).bytes();
		}
	}

	/**
	 * Send what was added and wait for all answers.
	 * @throws FlightFailedException if a statement failed; nothing after it was done
	 */
	void send() throws FlightFailedException {
		if (this.entries.isEmpty()) {
			return;
		}
		List<Entry> sent = List.copyOf(this.entries);
		this.entries.clear();
		this.bytes = 0;
		this.listener.accept(sent.stream().map(Entry::sent).filter(Objects::nonNull).toList());
		try {
			int begin = 0;
			while (begin < sent.size()) {
				int end = endOfPart(sent, begin);
				send(sent.subList(begin, end));
				begin = end;
			}
		}
		catch (SQLException ex) {
			throw new FlightFailedException(ex, null);
		}
	}

	/**
	 * In some modes of the driver the server goes on after a failure: it passes over the
	 * rest of the transaction only, so that the next one has to wait for the answer.
	 */
	private int endOfPart(List<Entry> sent, int begin) throws SQLException {
		if (!goesOnAfterFailure()) {
			return sent.size();
		}
		int end = begin;
		while (end < sent.size() - 1 && !sent.get(end).sql().equals(Workbench.COMMIT)) {
			end++;
		}
		return end + 1;
	}

	private boolean goesOnAfterFailure() throws SQLException {
		if (!this.connection.isWrapperFor(PGConnection.class)) {
			return false;
		}
		PreferQueryMode mode = this.connection.unwrap(PGConnection.class).getPreferQueryMode();
		return mode == PreferQueryMode.SIMPLE || mode == PreferQueryMode.EXTENDED_FOR_PREPARED;
	}

	private void send(List<Entry> part) throws SQLException, FlightFailedException {
		try (Statement statement = this.connection.createStatement()) {
			statement.setEscapeProcessing(false);
			for (Entry entry : part) {
				statement.addBatch(entry.sql());
			}
			if (part.stream().allMatch(Entry::ours)) {
				statement.executeBatch();
			}
			else {
				this.interruption.allowDuring(this.connection, statement::executeBatch);
			}
		}
		catch (BatchUpdateException ex) {
			int failed = failed(ex);
			if (failed >= part.size()) {
				throw new FlightFailedException(cause(ex), null);
			}
			this.answered.accept(part.subList(0, failed));
			throw new FlightFailedException(cause(ex), part.get(failed));
		}
		this.answered.accept(part);
	}

	private static SQLException cause(BatchUpdateException ex) {
		return (ex.getCause() instanceof SQLException cause) ? cause : ex;
	}

	/** The position of the entry that failed, beyond all of them if it is unknown. */
	private static int failed(BatchUpdateException ex) {
		Matcher number = ENTRY_NUMBER.matcher(String.valueOf(ex.getMessage()));
		return number.find() ? Integer.parseInt(number.group()) : Integer.MAX_VALUE;
	}

	/**
	 * A statement of a flight and where it comes from.
	 *
	 * @param sql the text
	 * @param kind what it is for
	 * @param step the migration, {@code null} if it belongs to none
	 * @param statement the statement of the migration, {@code null} without one
	 * @param sent the statement of the migration itself, {@code null} for one of ours
	 */
	record Entry(String sql, Kind kind, @Nullable PlanStep step, @Nullable SqlStatement statement,
			@Nullable SentStatement sent) {

		/**
		 * Return how many bytes the text has in UTF-8, at most.
		 */
		int bytes() {
			int bytes = 0;
			for (int index = 0; index < this.sql.length(); index++) {
				char character = this.sql.charAt(index);
				bytes += (character < 0x80) ? 1 : (character < 0x800) ? 2 : 3;
			}
			return bytes;
		}

		/**
		 * Return whether a failure of this statement is that of the history and not of
		 * the migration.
		 */
		boolean ours() {
			return this.kind != Kind.MIGRATION && this.kind != Kind.COMPLETION;
		}

	}

	/**
	 * What a statement of a flight is for.
	 */
	enum Kind {

		/** Belongs to a migration. */
		MIGRATION,

		/** Completes a migration. */
		COMPLETION,

		/** Is recorded of a migration. */
		RECORD,

		/** Checks that the session is as a migration has to find it. */
		CHECK,

		/** Brings the session or the database in order. */
		OTHER

	}

}
