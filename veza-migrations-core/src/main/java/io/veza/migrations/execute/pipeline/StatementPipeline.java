package io.veza.migrations.execute.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.SentMigrationStatement;
import io.veza.migrations.session.WithoutTimeouts;
import io.veza.migrations.sql.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Statements that are sent together without waiting for each answer. What is added is
 * sent when {@link #send} asks for it, or when no more fits in.
 */
public final class StatementPipeline {

	/** Below the number at which pgjdbc forces a round trip of its own. */
	static final int MAX_ENTRIES = 240;

	/**
	 * While we send and do not read, the server may fill its side with notices and stop
	 * reading: what is under way has to fit into the buffers of the connection, which
	 * take at least 64 KB. The record of what a migration did to the catalogs fits.
	 */
	static final int MAX_BYTES = 60 * 1024;

	private final PipelineEntrySender sender;

	private final Consumer<List<SentMigrationStatement>> listener;

	private final List<PipelineEntry> entries = new ArrayList<>();

	private int bytes;

	/**
	 * Create a new instance.
	 * @param sender sends what was added
	 * @param listener is told what is about to be sent
	 */
	StatementPipeline(PipelineEntrySender sender, Consumer<List<SentMigrationStatement>> listener) {
		this.sender = sender;
		this.listener = listener;
	}

	/**
	 * Add a statement of ours.
	 * @param sql the statement
	 * @return this pipeline
	 * @throws PipelineFailedException if the pipeline was full, was sent and failed
	 */
	public StatementPipeline add(String sql) throws PipelineFailedException {
		return add(PipelineEntry.of(sql, PipelineEntry.Kind.OTHER, null));
	}

	/**
	 * Add statements of ours.
	 * @param statements the SQL
	 * @return this pipeline
	 * @throws PipelineFailedException if the pipeline was full, was sent and failed
	 */
	public StatementPipeline addAll(List<String> statements) throws PipelineFailedException {
		return addAll(statements, PipelineEntry.Kind.OTHER, null);
	}

	/**
	 * Add a statement of ours with which a migration begins.
	 * @param sql the statement
	 * @param step the migration
	 * @return this pipeline
	 * @throws PipelineFailedException if the pipeline was full, was sent and failed
	 */
	public StatementPipeline addBeginning(String sql, PlanStep step) throws PipelineFailedException {
		return add(PipelineEntry.of(sql, PipelineEntry.Kind.OTHER, step));
	}

	/**
	 * Add a statement of a migration.
	 * @param step the migration
	 * @param number the number of the statement, from 1
	 * @param statement the statement
	 * @return this pipeline
	 * @throws PipelineFailedException if the pipeline was full, was sent and failed
	 */
	public StatementPipeline add(PlanStep step, int number, SqlStatement statement) throws PipelineFailedException {
		PipelineEntry entry = PipelineEntry.of(step, number, statement);
		if (statement.kind() == SqlStatement.Kind.VALIDATE_CONSTRAINT) {
			return add(WithoutTimeouts.BEGIN).add(entry).add(WithoutTimeouts.END);
		}
		return add(entry);
	}

	/**
	 * Add what is recorded of a migration.
	 * @param statements the SQL
	 * @param step the migration
	 * @return this pipeline
	 * @throws PipelineFailedException if the pipeline was full, was sent and failed
	 */
	public StatementPipeline addRecord(List<String> statements, PlanStep step) throws PipelineFailedException {
		return addAll(statements, PipelineEntry.Kind.RECORD, step);
	}

	/**
	 * Add what checks, before a migration begins, that the session is as it has to be.
	 * @param statements the SQL
	 * @param step the migration
	 * @return this pipeline
	 * @throws PipelineFailedException if the pipeline was full, was sent and failed
	 */
	public StatementPipeline addCheck(List<String> statements, PlanStep step) throws PipelineFailedException {
		return addAll(statements, PipelineEntry.Kind.CHECK, step);
	}

	/**
	 * Add a statement of ours that completes what a migration has done, so that its
	 * failure is that of the migration.
	 * @param sql the statement
	 * @param step the migration
	 * @param last the last statement of the migration, {@code null} if it has none
	 * @return this pipeline
	 * @throws PipelineFailedException if the pipeline was full, was sent and failed
	 */
	public StatementPipeline addCompletion(String sql, PlanStep step, @Nullable SqlStatement last)
			throws PipelineFailedException {
		return add(new PipelineEntry(sql, PipelineEntry.Kind.COMPLETION, step, last, null));
	}

	private StatementPipeline addAll(List<String> statements, PipelineEntry.Kind kind, @Nullable PlanStep step)
			throws PipelineFailedException {
		for (String sql : statements) {
			add(PipelineEntry.of(sql, kind, step));
		}
		return this;
	}

	private StatementPipeline add(PipelineEntry entry) throws PipelineFailedException {
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
	public void dropIncomplete() {
		while (!this.entries.isEmpty()
				&& this.entries.get(this.entries.size() - 1).kind() != PipelineEntry.Kind.COMPLETION) {
			this.bytes -= this.entries.remove(this.entries.size() - 1).bytes();
		}
	}

	/**
	 * Send what was added and wait for all answers.
	 * @throws PipelineFailedException if a statement failed; nothing after it was done
	 */
	public void send() throws PipelineFailedException {
		if (this.entries.isEmpty()) {
			return;
		}
		List<PipelineEntry> sent = List.copyOf(this.entries);
		this.entries.clear();
		this.bytes = 0;
		this.listener.accept(sent.stream().map(PipelineEntry::sent).filter(Objects::nonNull).toList());
		this.sender.send(sent);
	}

}
