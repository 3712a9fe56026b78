package io.veza.migrations.autoconfigure.command.rehearsal;

import java.util.Map;

import io.veza.migrations.rehearsal.report.TestRehearsalReports;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RehearsalTextFormatTests {

	@Test
	void ofShowsWhatEachMigrationDoes() {
		assertThat(RehearsalTextFormat.of(TestRehearsalReports.full())).hasToString(
				"""
						Rehearsal of 4 migration(s) in the scratch database "veza_rehearsal_1", PostgreSQL 17.11, in 1234 ms

						001 create_users: DOWN restores exactly
						  schema; UP 12 ms, DOWN 3.0 ms, UP again 12 ms
						  created: table public.users, function public.touch()
						  DOWN locks tables that were there before:
						    line 9: ACCESS EXCLUSIVE on public.users (reads and writes wait)

						002 drop_email: DOWN does not restore
						  schema, data; UP 31 ms, DOWN 5.0 ms, UP again 31 ms
						  dropped: column public.users.email
						  UP locks tables that were there before:
						    line 4: ACCESS EXCLUSIVE on public.users (reads and writes wait)
						    line 6: ACCESS EXCLUSIVE on public.orders (reads and writes wait)
						  UP rewrites: public.orders
						  UP reads from end to end: public.users
						  UP writes rows: public.users 3 updated
						  DOWN locks tables that were there before:
						    line 10: ACCESS EXCLUSIVE on public.users (reads and writes wait)
						  not restored:
						    column public.users.email differs: it was character varying(255) NOT NULL and is character varying(255)
						  rows that UP and DOWN have changed:
						    table public.users: 0 row(s) gone, 0 added, 3 changed, such as 1, 2
						  [error] column-dropped at db/migrations/002_drop_email.sql:5:3
						      DROP COLUMN email
						    The column "email" of "public.users" is dropped.
						    Instances of the previous release that still run select it and fail.
						    Instead:
						      -- first release: stop reading the column
						      -- next release:
						      ALTER TABLE users DROP COLUMN email;
						  [advice] down-changes-column-order at db/migrations/002_drop_email.sql:10:1
						      ALTER TABLE users ADD COLUMN email varchar(255)
						    The DOWN puts the column at the end.
						    SELECT * returns other columns.
						  [accepted] second-heavy-lock at db/migrations/002_drop_email.sql:6:1: the table is small

						003 index: DOWN restores all but the column order
						  index; UP 60 ms, DOWN 1.0 ms, UP again 60 ms
						  UP locks tables that were there before:
						    line 3: SHARE UPDATE EXCLUSIVE on public.users
						    line 4: SHARE on public.orders (writes wait)
						  UP leaves something else the second time

						004 fails: UP fails
						  no change; UP 2.0 ms
						    db/migrations/004_fails.sql:3:15: relation "nowhere" does not exist (SQLSTATE 42P01)
						      SELECT * FROM nowhere
						                    ^
						    Action: Create it before.

						Not reached: 005
						4 migration(s): 1 × DOWN restores exactly, 1 × DOWN restores all but the column order, 1 × DOWN does not restore, 1 × UP fails
						Findings: 1 error(s), 0 warning(s), 1 advice, 1 accepted
						Failed: settle each finding of severity error, or accept it in its file with a reason.
						""");
	}

	@Test
	void ofManyObjectsNamesTheFirstOnes() {
		assertThat(RehearsalTextFormat.of(TestRehearsalReports.creating(9)).toString())
			.contains("\n  created: table t1, table t2, " + "table t3, table t4, table t5, table t6 and 3 more\n");
	}

	@Test
	void ofNothingSaysHowToRehearseAll() {
		assertThat(RehearsalTextFormat.of(TestRehearsalReports.of(Map.of())).toString())
			.endsWith("Nothing to rehearse: no migration is pending. With veza.migrations.rehearsal.migrations=all, "
					+ "those that are applied are rehearsed, too.\n")
			.doesNotContain("Passed");
	}

}
