package io.veza.migrations.execute.pipeline;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.veza.migrations.execute.StatementInterruption;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * Sender of statements as a JDBC batch, which pgjdbc pipelines. The texts are not
 * prepared statements, because {@code ?} is an operator of PostgreSQL.
 */
final class JdbcBatchSender implements PipelineEntrySender {

	/**
	 * The number of the entry is the first number in pgjdbc's message, in any language.
	 */
	private static final Pattern ENTRY_NUMBER = Pattern.compile("\\p{Nd}+");

	private final Connection connection;

	private final StatementInterruption interruption;

	private final Consumer<List<PipelineEntry>> answered;

	/**
	 * Create a new instance.
	 * @param connection where to send
	 * @param interruption cancels statements of migrations
	 * @param answered is told which statements the server has run, also if a later one
	 * failed
	 */
	JdbcBatchSender(Connection connection, StatementInterruption interruption, Consumer<List<PipelineEntry>> answered) {
		this.connection = connection;
		this.interruption = interruption;
		this.answered = answered;
	}

	@Override
	public void send(List<PipelineEntry> entries) throws PipelineFailedException {
		try {
			int begin = 0;
			while (begin < entries.size()) {
				int end = endOfPart(entries, begin);
				sendPart(entries.subList(begin, end));
				begin = end;
			}
		}
		catch (SQLException ex) {
			throw new PipelineFailedException(ex, null);
		}
	}

	/**
	 * In some modes of the driver the server goes on after a failure: it passes over the
	 * rest of the transaction only, so that the next one has to wait for the answer.
	 */
	private int endOfPart(List<PipelineEntry> entries, int begin) throws SQLException {
		if (!goesOnAfterFailure()) {
			return entries.size();
		}
		int end = begin;
		while (end < entries.size() - 1 && !entries.get(end).sql().equals(TransactionControlStatements.COMMIT)) {
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

	private void sendPart(List<PipelineEntry> part) throws SQLException, PipelineFailedException {
		try (Statement statement = this.connection.createStatement()) {
			statement.setEscapeProcessing(false);
			for (PipelineEntry entry : part) {
				statement.addBatch(entry.sql());
			}
			if (part.stream().allMatch(PipelineEntry::ours)) {
				statement.executeBatch();
			}
			else {
				this.interruption.allowDuring(this.connection, statement::executeBatch);
			}
		}
		catch (BatchUpdateException ex) {
			int failed = failed(ex);
			if (failed >= part.size()) {
				throw new PipelineFailedException(cause(ex), null);
			}
			this.answered.accept(part.subList(0, failed));
			throw new PipelineFailedException(cause(ex), part.get(failed));
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

}
