package io.veza.migrations.execute.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.veza.migrations.PlanStep;
import io.veza.migrations.execute.SentMigrationStatement;
import io.veza.migrations.execute.TestSteps;
import io.veza.migrations.session.WithoutTimeouts;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.SqlStatement.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatementPipelineTests {

	private static final PlanStep STEP = TestSteps.step("1");

	private final List<List<String>> sent = new ArrayList<>();

	private final List<List<SentMigrationStatement>> told = new ArrayList<>();

	private final StatementPipeline pipeline = new StatementPipeline(
			(entries) -> this.sent.add(entries.stream().map(PipelineEntry::sql).toList()), this.told::add);

	@Test
	void sendSendsWhatWasAddedOnce() throws PipelineFailedException {
		this.pipeline.add("a").addAll(List.of("b", "c")).send();
		this.pipeline.send();

		assertThat(this.sent).containsExactly(List.of("a", "b", "c"));
	}

	@Test
	void addSendsWhenThereAreTooManyStatements() throws PipelineFailedException {
		this.pipeline.addAll(Collections.nCopies(StatementPipeline.MAX_ENTRIES + 1, "a"));

		assertThat(this.sent).hasSize(1);
		assertThat(this.sent.get(0)).hasSize(StatementPipeline.MAX_ENTRIES);
	}

	@Test
	void addSendsBeforeAStatementThatDoesNotFitIn() throws PipelineFailedException {
		String half = "x".repeat(StatementPipeline.MAX_BYTES / 2 + 1);

		this.pipeline.add(half).add(half);

		assertThat(this.sent).containsExactly(List.of(half));
	}

	@Test
	void addCountsBytesAndNotCharacters() throws PipelineFailedException {
		this.pipeline.add("€".repeat(StatementPipeline.MAX_BYTES / 3));

		assertThat(this.sent).hasSize(1);
	}

	@Test
	void dropIncompleteKeepsTheMigrationsThatAreComplete() throws PipelineFailedException {
		this.pipeline.add("BEGIN").addCompletion("COMMIT", STEP, null).add("BEGIN").add("a");

		this.pipeline.dropIncomplete();
		this.pipeline.send();

		assertThat(this.sent).containsExactly(List.of("BEGIN", "COMMIT"));
	}

	@Test
	void sendTellsOnlyOfStatementsOfMigrations() throws PipelineFailedException {
		this.pipeline.add("BEGIN").add(STEP, 1, statement("ALTER TABLE a", Kind.ORDINARY)).send();

		assertThat(this.told).containsExactly(List.of(new SentMigrationStatement(STEP, 1, "ALTER TABLE a")));
	}

	@Test
	void addOfAValidationTakesItsTimeouts() throws PipelineFailedException {
		this.pipeline.add(STEP, 1, statement("VALIDATE", Kind.VALIDATE_CONSTRAINT)).send();

		assertThat(this.sent).containsExactly(List.of(WithoutTimeouts.BEGIN, "VALIDATE", WithoutTimeouts.END));
	}

	private static SqlStatement statement(String sql, Kind kind) {
		return new SqlStatement(sql, 1, 1, kind);
	}

}
