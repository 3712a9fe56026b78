package io.veza.migrations.execute.step;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.veza.migrations.execute.RunFence;
import io.veza.migrations.execute.StatementTimeouts;
import io.veza.migrations.execute.StepHooks;
import io.veza.migrations.history.HistoryLayout;
import io.veza.migrations.history.HistoryTableNames;
import io.veza.migrations.history.HistoryWriter;
import io.veza.migrations.history.HistoryWriterProcess;
import io.veza.migrations.request.RequestOrigin;

import static org.mockito.Mockito.mock;

/**
 * Transactions of a run whose history nobody reads.
 */
final class TestTransactions {

	static final HistoryWriter WRITER = new HistoryWriter(
			HistoryLayout.of("public", HistoryTableNames.defaults(), Map.of()), new UUID(0, 1),
			new RequestOrigin("olivia", null, false), new HistoryWriterProcess("host", "app"), "true");

	private TestTransactions() {
	}

	static TransactionBoundarySql sql(boolean lasting) {
		return new TransactionBoundarySql(WRITER, new NamedSettings(lasting),
				new RunFence(List.of("open fence"), List.of("close fence")),
				new SectionStatementTimeouts(StatementTimeouts.defaults()));
	}

	static StepHistoryRecords records() {
		return new StepHistoryRecords(WRITER, mock(StepHooks.class));
	}

}
