package io.veza.migrations.rehearsal;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.veza.migrations.DatabaseUnreachableException;
import io.veza.migrations.MigrationSection;
import io.veza.migrations.SqlFailure;
import io.veza.migrations.SqlStatement;
import io.veza.migrations.SqlStatement.Kind;
import io.veza.migrations.StatementReader;
import io.veza.migrations.execute.SingleStatements;
import io.veza.migrations.rehearsal.StatementEffect.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Runs one section statement by statement and looks after each of them. In a section that
 * is not transactional, a statement that a transaction could hold gets one of its own, so
 * that its locks can be seen.
 */
final class SectionRun {

	private static final String NAME_TOO_LONG = "42622";

	/** A report shows less; what it holds must fit into memory. */
	private static final int MAX_SQL = 64 * 1024;

	/** Refused in a transaction block; commits by itself. */
	private static final Set<String> NEEDS_NO_BLOCK = Set.of("25001", "2D000");

	/** PostgreSQL takes it only before the first query of a transaction. */
	private static final Pattern SET_TRANSACTION = Pattern.compile("SET\\s+((SESSION|LOCAL)\\s+)?TRANSACTION(\\b|_)",
			Pattern.CASE_INSENSITIVE);

	private final WorkSession work;

	private final Observer observer;

	private final ServerGuard guard;

	private final boolean watching;

	private final Clock clock;

	private final String file;

	private final MigrationSection section;

	private final List<StatementEffect> effects = new ArrayList<>();

	private @Nullable TransactionWindow window;

	private boolean inBlock;

	private @Nullable SqlStatement last;

	/**
	 * Create a new instance that watches.
	 * @param work runs the section
	 * @param observer looks at what was there before
	 * @param disposableServer whether statements may run that concern the whole server
	 * @param clock tells the time
	 * @param file the file as people know it
	 * @param section the section
	 */
	SectionRun(WorkSession work, Observer observer, boolean disposableServer, Clock clock, String file,
			MigrationSection section) {
		this(work, observer, new ServerGuard(file, disposableServer), true, clock, file, section);
	}

	private SectionRun(WorkSession work, Observer observer, ServerGuard guard, boolean watching, Clock clock,
			String file, MigrationSection section) {
		this.work = work;
		this.observer = observer;
		this.guard = guard;
		this.watching = watching;
		this.clock = clock;
		this.file = file;
		this.section = section;
	}

	/**
	 * Return the run of a section that was watched on another scratch database before:
	 * nobody needs to look what it does, or whether it may.
	 * @param work runs the section
	 * @param observer is not asked
	 * @param clock tells the time
	 * @param file the file as people know it
	 * @param section the section
	 * @return the run, which tells nothing but its failure
	 */
	static SectionRun replay(WorkSession work, Observer observer, Clock clock, String file, MigrationSection section) {
		return new SectionRun(work, observer, new ServerGuard(file, true), false, clock, file, section);
	}

	/**
	 * Run the section.
	 * @return what it did, without what the catalogs say about all of it
	 * @throws SQLException if the server refuses something of ours
	 */
	RehearsedSection run() throws SQLException {
		this.work.reset();
		Instant begin = this.clock.instant();
		try {
			SqlFailure failure = this.section.transactional() ? inOneTransaction() : oneByOne();
			return new RehearsedSection(this.section.transactional(), Duration.between(begin, this.clock.instant()),
					this.effects, List.of(), failure);
		}
		catch (SQLException ex) {
			throw givenUp(ex);
		}
	}

	/** A statement may end its session, or let nothing work in it any more. */
	private DatabaseUnreachableException givenUp(SQLException cause) {
		SqlStatement last = this.last;
		String place = (last != null) ? this.file + ":" + last.line() + ":" + last.column() : this.file;
		return new DatabaseUnreachableException(
				"The rehearsal was given up at \"" + place + "\", where the database did not answer any more: "
						+ Keeper.message(cause) + ".",
				"Rehearse again, unless the statement ends sessions, sets a very short statement_timeout, or sets "
						+ "client_encoding or DateStyle to what the driver refuses: then change it.",
				cause);
	}

	private @Nullable SqlFailure inOneTransaction() throws SQLException {
		begin();
		SqlStatement last = null;
		try (StatementReader reader = this.section.script().open()) {
			while (reader.hasNext()) {
				last = reader.next();
				SqlFailure failure = observed(last, reader);
				if (failure != null) {
					return failure;
				}
			}
			return (last != null) ? commit(last, reader) : rollBack(null);
		}
	}

	private @Nullable SqlFailure oneByOne() throws SQLException {
		try (StatementReader reader = this.section.script().open()) {
			while (reader.hasNext()) {
				SqlFailure failure = one(reader.next(), reader);
				if (failure != null) {
					return failure;
				}
			}
			return this.inBlock ? rollBack(null) : null;
		}
	}

	private @Nullable SqlFailure one(SqlStatement statement, StatementReader reader) throws SQLException {
		if (statement.kind() == Kind.BEGIN) {
			this.inBlock = true;
			this.window = null;
			return unobserved(statement, reader);
		}
		if (statement.kind() == Kind.COMMIT) {
			return endOfBlock(statement, reader);
		}
		if (statement.kind() == Kind.ROLLBACK) {
			this.inBlock = false;
			return unobserved(statement, reader);
		}
		if (this.inBlock) {
			return observed(statement, reader);
		}
		return statement.kind().refusesTransaction() ? alone(statement, reader) : inItsOwn(statement, reader);
	}

	private @Nullable SqlFailure endOfBlock(SqlStatement statement, StatementReader reader) throws SQLException {
		if (this.guard.forbids(statement)) {
			return rollBack(this.guard.refusal(statement));
		}
		SqlFailure failure = settle(statement, reader);
		this.inBlock = false;
		return (failure != null) ? failure : unobserved(statement, reader);
	}

	private @Nullable SqlFailure inItsOwn(SqlStatement statement, StatementReader reader) throws SQLException {
		begin();
		int known = this.effects.size();
		SqlFailure failure = observed(statement, reader);
		if (failure == null) {
			return commit(statement, reader);
		}
		if (NEEDS_NO_BLOCK.contains(String.valueOf(failure.sqlState()))) {
			this.effects.subList(known, this.effects.size()).clear();
			return this.guard.disposable() ? alone(statement, reader) : watched(statement, reader);
		}
		return failure;
	}

	/**
	 * A procedure that commits. What it does to the whole server before it first commits
	 * is seen in a transaction that ends with that; what it does later, only when it is
	 * done.
	 */
	private @Nullable SqlFailure watched(SqlStatement statement, StatementReader reader) throws SQLException {
		if (writesToTheServerBeforeItCommits(statement, reader)) {
			return this.guard.refusal(statement);
		}
		SharedObjects before = SharedObjects.read(this.observer.connection());
		SqlFailure failure = alone(statement, reader);
		Optional<String> changed = before.changed(SharedObjects.read(this.observer.connection()));
		return changed.isPresent() ? this.guard.changed(statement, changed.get()) : failure;
	}

	private boolean writesToTheServerBeforeItCommits(SqlStatement statement, StatementReader reader)
			throws SQLException {
		begin();
		TransactionWindow trial = TransactionWindow.open(this.work, this.observer);
		this.work.statements().send("SAVEPOINT veza_trial");
		Sent sent = send(statement, reader);
		this.work.statements().send((sent.failure() != null) ? "ROLLBACK TO SAVEPOINT veza_trial" : "SELECT");
		boolean writes = trial.concernsTheServer();
		rollBack(null);
		return writes;
	}

	private @Nullable SqlFailure alone(SqlStatement statement, StatementReader reader) throws SQLException {
		if (this.guard.forbids(statement)) {
			return this.guard.refusal(statement);
		}
		LoneWindow lone = this.watching ? LoneWindow.open(this.observer) : null;
		Sent sent = send(statement, reader);
		if (sent.failure() == null && lone != null) {
			add(statement, Observation.DOCUMENTED, sent, lone.afterStatement());
		}
		return sent.failure();
	}

	private @Nullable SqlFailure observed(SqlStatement statement, StatementReader reader) throws SQLException {
		TransactionWindow seen = this.window;
		if (seen == null && this.watching && !SET_TRANSACTION.matcher(statement.sql()).lookingAt()) {
			seen = TransactionWindow.open(this.work, this.observer);
			this.window = seen;
		}
		Sent sent = send(statement, reader);
		if (sent.failure() != null) {
			return rollBack(sent.failure());
		}
		TransactionWindow.Look look = (seen != null) ? seen.afterStatement()
				: new TransactionWindow.Look(List.of(), false);
		if (look.clusterWide() && !this.guard.disposable()) {
			return rollBack(this.guard.refusal(statement));
		}
		if (this.watching) {
			add(statement, Observation.OBSERVED, sent, look.effects());
		}
		return null;
	}

	private @Nullable SqlFailure unobserved(SqlStatement statement, StatementReader reader) throws SQLException {
		Sent sent = send(statement, reader);
		return (sent.failure() != null) ? rollBack(sent.failure()) : null;
	}

	private Sent send(SqlStatement statement, StatementReader reader) {
		this.last = statement;
		Instant begin = this.clock.instant();
		try {
			List<SQLWarning> notes = this.work.statements().send(statement, reader);
			return new Sent(Duration.between(begin, this.clock.instant()), notes, null);
		}
		catch (SQLException ex) {
			return new Sent(Duration.between(begin, this.clock.instant()), List.of(),
					SingleStatements.describe(ex, this.file, statement, reader));
		}
	}

	private void add(SqlStatement statement, Observation observation, Sent sent, List<RelationEffect> relations) {
		List<String> truncated = sent.notes()
			.stream()
			.filter((note) -> NAME_TOO_LONG.equals(note.getSQLState()))
			.map(SQLWarning::getMessage)
			.toList();
		String sql = statement.sql();
		this.effects.add(
				new StatementEffect(this.effects.size() + 1, (sql.length() > MAX_SQL) ? sql.substring(0, MAX_SQL) : sql,
						statement.line(), statement.column(), observation, sent.duration(), relations, truncated));
	}

	private void begin() throws SQLException {
		this.window = null;
		this.work.statements().send("BEGIN");
	}

	/** What is deferred fails now, and is the failure of the last statement. */
	private @Nullable SqlFailure commit(SqlStatement last, StatementReader reader) throws SQLException {
		SqlFailure failure = settle(last, reader);
		if (failure != null) {
			return failure;
		}
		try {
			this.work.statements().send("COMMIT");
			return null;
		}
		catch (SQLException ex) {
			return rollBack(SingleStatements.describe(ex, this.file, last, reader));
		}
	}

	/** A deferred trigger may do what a statement may not. */
	private @Nullable SqlFailure settle(SqlStatement last, StatementReader reader) throws SQLException {
		TransactionWindow seen = this.window;
		if (seen == null || this.guard.disposable()) {
			return null;
		}
		try {
			this.work.statements().send("SET CONSTRAINTS ALL IMMEDIATE");
		}
		catch (SQLException ex) {
			return rollBack(SingleStatements.describe(ex, this.file, last, reader));
		}
		return seen.concernsTheServer() ? rollBack(this.guard.refusal(last)) : null;
	}

	private @Nullable SqlFailure rollBack(@Nullable SqlFailure failure) throws SQLException {
		this.work.statements().send("ROLLBACK");
		this.inBlock = false;
		return failure;
	}

	/**
	 * A statement that was sent.
	 *
	 * @param duration how long the answer took
	 * @param notes what the server noted
	 * @param failure why it failed, {@code null} if it did not
	 */
	private record Sent(Duration duration, List<SQLWarning> notes, @Nullable SqlFailure failure) {
	}

}
