package io.veza.migrations.rehearsal.section;

import java.sql.SQLWarning;
import java.time.Duration;
import java.util.List;

import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.rehearsal.effect.StatementEffect.Observation;
import io.veza.migrations.sql.SqlStatement;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SentStatementTests {

	@Test
	void effectNamesOnlyNoticesAboutLongNames() {
		StatementEffect effect = sent("SELECT 1", new SQLWarning("identifier \"a\" will be truncated", "42622"),
				new SQLWarning("table \"b\" does not exist, skipping", "00000"))
			.effect(3, Observation.OBSERVED, List.of());

		assertThat(effect.truncatedNames()).containsExactly("identifier \"a\" will be truncated");
		assertThat(effect.number()).isEqualTo(3);
		assertThat(effect.duration()).isEqualTo(Duration.ofMillis(5));
	}

	@Test
	void effectHoldsTheBeginningOfALongStatement() {
		assertThat(sent("x".repeat(100_000)).effect(1, Observation.DOCUMENTED, List.of()).sql()).hasSize(65_536);
	}

	private static SentStatement sent(String sql, SQLWarning... notices) {
		return new SentStatement(new SqlStatement(sql, 1, 1, SqlStatement.Kind.ORDINARY), Duration.ofMillis(5),
				List.of(notices), null);
	}

}
