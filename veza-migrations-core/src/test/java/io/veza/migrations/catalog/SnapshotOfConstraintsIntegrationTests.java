package io.veza.migrations.catalog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotOfConstraintsIntegrationTests {

	@ParameterizedTest
	@CsvSource(delimiterString = "=>", quoteCharacter = '`',
			textBlock = """
					ALTER TABLE users VALIDATE CONSTRAINT not_checked => ~ constraint public.users.not_checked
					ALTER TABLE users DROP CONSTRAINT users_mail_key => - comment constraint public.users.users_mail_key; - constraint public.users.users_mail_key
					ALTER TABLE users RENAME CONSTRAINT apart TO near => - constraint public.users.apart; + constraint public.users.near
					ALTER TABLE "We""ird Näme"."T.able" ALTER CONSTRAINT "Fo.reign" NOT DEFERRABLE => ~ constraint "We""ird Näme"."T.able"."Fo.reign"
					ALTER TABLE event_notes DROP CONSTRAINT event_notes_at_kind_fkey => - constraint public.event_notes.event_notes_at_kind_fkey
					COMMENT ON CONSTRAINT users_mail_key ON users IS NULL => - comment constraint public.users.users_mail_key
					COMMENT ON CONSTRAINT has_at ON DOMAIN email IS NULL => - comment constraint public.email.has_at
					ALTER INDEX users_pkey RESET (fillfactor) => ~ constraint public.users.users_pkey
					ALTER TABLE users SET WITHOUT CLUSTER => ~ constraint public.users.users_pkey
					ALTER TABLE users REPLICA IDENTITY USING INDEX users_pkey => ~ constraint public.users.users_pkey; ~ index public.idx_users_replica
					UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'users_pkey'::regclass => ~ constraint public.users.users_pkey
					COMMENT ON INDEX users_pkey IS NULL => - comment index public.users_pkey
					""")
	void changeOfConstraintIsNamed(String change, String expected) {
		assertThat(OneOfEverything.changes(change)).containsExactlyInAnyOrder(expected.split("; "));
	}

	@ParameterizedTest
	@CsvSource(delimiterString = "=>", quoteCharacter = '`',
			textBlock = """
					DROP INDEX idx_users_name => - comment index public.idx_users_name; - index public.idx_users_name
					UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'idx_users_name'::regclass => ~ index public.idx_users_name
					ALTER INDEX idx_users_name SET (fillfactor = 61) => ~ index public.idx_users_name
					ALTER INDEX idx_users_name ALTER COLUMN 1 SET STATISTICS 301 => ~ index public.idx_users_name
					ALTER TABLE users CLUSTER ON idx_users_replica => ~ constraint public.users.users_pkey; ~ index public.idx_users_replica
					CREATE INDEX ON events_rest (kind) => + index public.events_rest_kind_idx1
					CREATE INDEX ON ONLY events (at, kind) => + index public.events_at_kind_idx
					DROP INDEX idx_events_kind => - index public.idx_events_kind; - index public.events_1_kind_idx; - index public.events_1_a_kind_idx; - index public.events_rest_kind_idx
					COMMENT ON INDEX idx_users_name IS 'x' => ~ comment index public.idx_users_name
					ALTER STATISTICS users_stats SET STATISTICS 7 => ~ statistics public.users_stats
					DROP STATISTICS users_stats => - comment statistics public.users_stats; - owner statistics public.users_stats; - statistics public.users_stats
					""")
	void changeOfIndexIsNamed(String change, String expected) {
		assertThat(OneOfEverything.changes(change)).containsExactlyInAnyOrder(expected.split("; "));
	}

	@Test
	void whatIsNotValidSaysSo() {
		Snapshot snapshot = OneOfEverything
			.takeAfter("UPDATE pg_index SET indisvalid = false WHERE indexrelid IN ('users_pkey'::regclass,"
					+ " 'idx_users_name'::regclass)");

		assertThat(snapshot.definition("constraint public.users.users_pkey")).endsWith(" INVALID");
		assertThat(snapshot.definition("index public.idx_users_name")).endsWith(" INVALID");
		assertThat(snapshot.definition("constraint public.users.not_checked")).endsWith(" NOT VALID");
	}

	@Test
	void foreignKeyWhoseTriggersAreDisabledSaysSo() {
		Snapshot snapshot = OneOfEverything.takeAfter("""
				ALTER TABLE "We""ird Näme"."T.able" DISABLE TRIGGER ALL;
				ALTER TABLE users DISABLE TRIGGER ALL""");

		assertThat(OneOfEverything.snapshot().changes(snapshot)).containsExactly(
				"~ constraint \"We\"\"ird Näme\".\"T.able\".\"Fo.reign\"", "~ constraint public.users.users_mail_key",
				"~ trigger public.users.checked", "~ trigger public.users.touched");
		assertThat(snapshot.definition("constraint \"We\"\"ird Näme\".\"T.able\".\"Fo.reign\""))
			.endsWith(" TRIGGERS DISABLED ON \"We\"\"ird Näme\".\"T.able\", DISABLED ON public.users");
	}

	@Test
	void foreignKeyToPartitionedTableIsOneConstraint() {
		assertThat(OneOfEverything.snapshot().definitions().keySet())
			.filteredOn((key) -> key.startsWith("constraint public.event_notes."))
			.containsExactly("constraint public.event_notes.event_notes_at_kind_fkey");
	}

}
