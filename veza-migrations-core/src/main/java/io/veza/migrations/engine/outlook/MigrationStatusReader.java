package io.veza.migrations.engine.outlook;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.KnownRehearsal;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationHistory;
import io.veza.migrations.MigrationInfo;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationState;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.PlanStep;
import io.veza.migrations.engine.operation.DatabaseFailureTranslator;
import io.veza.migrations.engine.operation.MigrationContext;
import io.veza.migrations.engine.operation.MigrationSession;
import io.veza.migrations.failure.InvalidMigrationsException;
import io.veza.migrations.failure.MigrationException;
import io.veza.migrations.failure.MigrationFailedException;
import io.veza.migrations.plan.MigrationStates;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.source.MigrationSource;
import io.veza.migrations.sql.SqlScript;
import io.veza.migrations.sql.StatementReader;
import io.veza.migrations.status.MigrationDetails;
import io.veza.migrations.status.MigrationEvent;
import io.veza.migrations.status.MigrationStatus;
import io.veza.migrations.status.MigrationStatus.State;
import org.jspecify.annotations.Nullable;

/**
 * Looks at files and database, and writes nothing.
 */
public final class MigrationStatusReader {

	/** The most bytes of a section that are shown. */
	private static final int MAX_SHOWN = 1024 * 1024;

	private final MigrationSource source;

	private final MigrationPlanning planning;

	private final Supplier<List<KnownRehearsal>> rehearsals;

	public MigrationStatusReader(MigrationSource source, MigrationPlanning planning,
			Supplier<List<KnownRehearsal>> rehearsals) {
		this.source = source;
		this.planning = planning;
		this.rehearsals = rehearsals;
	}

	public MigrationStatus status(MigrationSession session, Optional<MigrationException> lastFailure) {
		MigrationHistory history = session.historyWithAuthors();
		try {
			List<Migration> migrations = this.source.load(history.checkedFiles());
			List<String> problems = this.planning
				.migrate(new MigrationContext(session, migrations), MigrateRequest.all())
				.problems()
				.stream()
				.map(PlanProblem::message)
				.toList();
			return status(session, MigrationStates.of(migrations, history), history, problems, lastFailure);
		}
		catch (InvalidMigrationsException ex) {
			List<String> problems = ex.problems().stream().map(Object::toString).toList();
			return new MigrationStatus(session.database(), State.INVALID, null, rowsOnly(history), List.of(), problems);
		}
	}

	private static MigrationStatus status(MigrationSession session, MigrationStates states, MigrationHistory history,
			List<String> planProblems, Optional<MigrationException> lastFailure) {
		List<String> problems = new ArrayList<>(planProblems);
		boolean failed = !history.unfinished().isEmpty()
				|| lastFailure.filter((failure) -> isLasting(failure, states)).isPresent();
		if (failed) {
			lastFailure.map(Throwable::getMessage).ifPresent(problems::add);
		}
		return new MigrationStatus(session.database(), state(states, planProblems, failed), null, states.applied(),
				states.pending(), problems);
	}

	/**
	 * A held migration is as a rollback left it, unless this process failed to release
	 * it.
	 */
	private static boolean isLasting(MigrationException failure, MigrationStates states) {
		if (isHeld(states)) {
			return failure instanceof MigrationFailedException failed
					&& failed.report().operation() == MigrationOperation.MIGRATE;
		}
		return !states.pending().isEmpty();
	}

	private static boolean isHeld(MigrationStates states) {
		return !states.pending().isEmpty() && states.heldBack().size() == states.pending().size();
	}

	private static State state(MigrationStates states, List<String> problems, boolean failed) {
		if (!problems.isEmpty()) {
			return State.INVALID;
		}
		if (failed) {
			return State.FAILED;
		}
		if (states.pending().isEmpty()) {
			return State.UP_TO_DATE;
		}
		return isHeld(states) ? State.HELD : State.PENDING;
	}

	/** Without readable files, all that can be said of a row is that it is applied. */
	private static List<MigrationInfo> rowsOnly(MigrationHistory history) {
		return history.applied()
			.stream()
			.map((row) -> new MigrationInfo(row.version(), row.description(), MigrationState.APPLIED, null, row, null))
			.toList();
	}

	public Optional<MigrationDetails> details(MigrationSession session, MigrationVersion version) {
		MigrationHistory history = session.historyWithAuthors();
		MigrationStates states = MigrationStates.of(this.source.load(history.checkedFiles()), history);
		return Stream.concat(states.applied().stream(), states.pending().stream())
			.filter((info) -> info.version().equals(version))
			.findFirst()
			.map((info) -> details(session, info));
	}

	private MigrationDetails details(MigrationSession session, MigrationInfo info) {
		Migration migration = info.migration();
		AppliedMigration row = info.applied();
		Optional<String> stored = (row != null) ? this.planning.storedDown(session, row) : Optional.empty();
		List<MigrationEvent> events = events(session, info);
		if (migration != null) {
			return new MigrationDetails(info, shown(migration.up().script()), shown(migration.down().script()),
					PlanStep.Source.FILE, rehearsal(migration, row), events);
		}
		return new MigrationDetails(info, null, stored.orElse(null), stored.isPresent() ? PlanStep.Source.STORED : null,
				null, events);
	}

	/** Nothing is known if what was applied is not what is in the file. */
	private @Nullable KnownRehearsal rehearsal(Migration migration, @Nullable AppliedMigration row) {
		if (row != null && row.differsFrom(migration)) {
			return null;
		}
		return this.rehearsals.get().stream().filter((known) -> known.isOf(migration)).findFirst().orElse(null);
	}

	private static List<MigrationEvent> events(MigrationSession session, MigrationInfo info) {
		Set<String> spellings = new LinkedHashSet<>();
		spellings.add(info.version().text());
		Optional.ofNullable(info.migration()).ifPresent((migration) -> spellings.add(migration.version().text()));
		Optional.ofNullable(info.applied()).ifPresent((row) -> spellings.add(row.version().text()));
		try {
			return session.reader().events().of(List.copyOf(spellings)).read(session.connection());
		}
		catch (SQLException ex) {
			throw DatabaseFailureTranslator.translate(ex);
		}
	}

	/** The whole section, or its first statements if it is too large to be shown. */
	private static String shown(SqlScript script) {
		return script.text(MAX_SHOWN).orElseGet(() -> {
			StringBuilder beginning = new StringBuilder();
			try (StatementReader reader = script.open()) {
				while (reader.hasNext() && beginning.length() < MAX_SHOWN) {
					beginning.append(reader.next().sql()).append(";\n");
				}
			}
			return beginning.toString();
		});
	}

}
