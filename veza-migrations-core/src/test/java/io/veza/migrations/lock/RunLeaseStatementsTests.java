package io.veza.migrations.lock;

import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunLeaseStatementsTests {

	private final RunLeaseStatements lease = new RunLeaseStatements(
			new LeaseTableName("\"app\"", "\"app\".\"it's\"", null), new UUID(0, 1), Duration.ofSeconds(30));

	@Test
	void holderIsQuoted() {
		assertThat(this.lease.take("process 1 of \"o'livia\" \\"))
			.contains("'00000000-0000-0000-0000-000000000001'::uuid, E'process 1 of \"o''livia\" \\\\', ")
			.contains("interval '30000 ms'");
	}

	@Test
	void fenceFailsWithTheCodeOfALostLease() {
		assertThat(this.lease.lock()).startsWith("DO E'")
			.contains("PERFORM 1 FROM \"app\".\"it''s\" WHERE owner = ''00000000-0000-0000-0000-000000000001''::uuid")
			.contains("ERRCODE = ''VZ001''")
			.doesNotContain("{");
	}

	@Test
	void releaseConcernsTheOwnLeaseOnly() {
		assertThat(this.lease.release())
			.isEqualTo("DELETE FROM \"app\".\"it's\" WHERE owner = '00000000-0000-0000-0000-000000000001'::uuid");
	}

}
