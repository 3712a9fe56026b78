package io.veza.migrations.rehearsal.findings.reversibility;

import io.veza.migrations.rehearsal.effect.RehearsedMigration;
import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.findings.FilePosition;
import io.veza.migrations.rehearsal.findings.FindingCode;
import io.veza.migrations.rehearsal.findings.FindingCollector;
import io.veza.migrations.rehearsal.findings.FindingCollector.Text;
import io.veza.migrations.rehearsal.findings.FindingSubject;
import io.veza.migrations.rehearsal.findings.MigrationRule;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlState;
import org.jspecify.annotations.Nullable;

/**
 * The rule that finds sections that fail, or that were not run because they concern the
 * whole server.
 */
public final class SectionFailureRule implements MigrationRule {

	@Override
	public void check(FindingSubject subject, FindingCollector found) {
		RehearsedMigration rehearsed = subject.rehearsed();
		check(found, FindingCode.UP_FAILS, rehearsed.up());
		check(found, FindingCode.DOWN_FAILS, rehearsed.down());
		check(found, FindingCode.UP_FAILS_AGAIN, rehearsed.again());
	}

	private static void check(FindingCollector found, FindingCode code, @Nullable RehearsedSection section) {
		if (section == null || section.failure() == null) {
			return;
		}
		SqlFailure failure = section.failure();
		boolean refused = SqlState.CLUSTER_WIDE.equals(failure.sqlState());
		FindingCode actual = refused ? FindingCode.CLUSTER_WIDE_STATEMENT : code;
		FilePosition place = FilePosition.of(failure);
		found.add(actual, actual.severity(), place.line(), place.column(), null,
				refused ? refused(failure) : failed(code, section, failure));
	}

	private static Text refused(SqlFailure failure) {
		return new Text(failure.message() + ".",
				"What belongs to no database is there for all of them: the rehearsal would have changed it for real, and what the migration does from here on is not known.",
				"""
						-- Do it where the server is set up, or rehearse on a server of which nothing is kept:
						-- veza.migrations.rehearsal.disposable-server=true""");
	}

	private static Text failed(FindingCode code, RehearsedSection section, SqlFailure failure) {
		return switch (code) {
			case UP_FAILS -> new Text("The UP fails: " + describe(failure),
					"The migration stops here, and the release with it. " + kept(section), advice(failure,
							"-- Correct the statement. If it needs what only production has, rehearse with a dump of its schema and with fixtures."));
			case DOWN_FAILS -> new Text("The DOWN fails: " + describe(failure),
					"There is no way back: a rollback stops here. " + kept(section), advice(failure, """
							-- Take the changes back in the opposite order of the UP, or say that there is no way back:
							-- irreversible: <reason>"""));
			default -> new Text("The UP fails after the DOWN: " + describe(failure),
					"After a rollback the corrected release cannot be deployed before somebody has cleaned up by hand.",
					advice(failure, "-- Take back in the DOWN what the UP now finds, or misses."));
		};
	}

	private static String kept(RehearsedSection section) {
		return section.transactional() ? "Nothing of it is kept."
				: "What ran before stays, for it is not in a transaction.";
	}

	private static String advice(SqlFailure failure, String usual) {
		return (failure.advice() != null) ? "-- " + failure.advice().replace("\n", "\n-- ") : usual;
	}

	private static String describe(SqlFailure failure) {
		StringBuilder text = new StringBuilder(failure.message());
		if (failure.sqlState() != null) {
			text.append(" (SQLSTATE ").append(failure.sqlState()).append(')');
		}
		append(text, "Detail", failure.detail());
		append(text, "Hint", failure.hint());
		return text.toString();
	}

	private static void append(StringBuilder text, String label, @Nullable String value) {
		if (value != null) {
			text.append('\n').append(label).append(": ").append(value);
		}
	}

}
