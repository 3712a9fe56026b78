package io.veza.migrations.rehearsal.section;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.veza.migrations.rehearsal.effect.RehearsedSection;
import io.veza.migrations.rehearsal.effect.RelationEffect;
import io.veza.migrations.rehearsal.effect.StatementEffect;
import io.veza.migrations.rehearsal.effect.StatementEffect.Observation;
import io.veza.migrations.rehearsal.observe.CommittedStateReader;
import io.veza.migrations.rehearsal.observe.ServerObjectSnapshot;
import io.veza.migrations.rehearsal.observe.StandaloneObservation;
import io.veza.migrations.rehearsal.observe.TransactionObservation;
import io.veza.migrations.sql.MigrationSection;
import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlState;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.SqlStatement.Kind;
import io.veza.migrations.sql.StatementReader;
import org.jspecify.annotations.Nullable;

/**
 * Runs one section statement by statement and looks after each of them. In a section that
 * is not transactional, a statement that a transaction could hold gets one of its own, so
 * that its locks can be seen.
 */
public final class SectionRehearser {

	/** PostgreSQL takes it only before the first query of a transaction. */
	private static final Pattern SET_TRANSACTION = Pattern.compile("SET\\s+((SESSION|LOCAL)\\s+)?TRANSACTION(\\b|_)",
			Pattern.CASE_INSENSITIVE);

	private final SectionSession work;

	private final CommittedStateReader observer;

	private final ServerWideGuard guard;

	private final boolean watching;

	private final Clock clock;

	private final StatementSender sender;

	private final MigrationSection section;

	private final List<StatementEffect> effects = new ArrayList<>();

	private @Nullable TransactionObservation window;

	private boolean inBlock;

	/**
	 * Create a new instance that watches.
	 * @param work runs the section
	 * @param observer looks at what was there before
	 * @param disposableServer whether statements may run that concern the whole server
	 * @param clock tells the time
	 * @param file the file as people know it
	 * @param section the section
	 */
	SectionRehearser(SectionSession work, CommittedStateReader observer, boolean disposableServer, Clock clock,
			String file, MigrationSection section) {
		this(work, observer, new ServerWideGuard(file, disposableServer), true, clock, file, section);
	}

	private SectionRehearser(SectionSession work, CommittedStateReader observer, ServerWideGuard guard,
			boolean watching, Clock clock, String file, MigrationSection section) {
		this.work = work;
		this.observer = observer;
		this.guard = guard;
		this.watching = watching;
		this.clock = clock;
		this.sender = new StatementSender(work.statements(), clock, file);
		this.section = section;
	}

	/**
	 * Return the run of a section that was watched on another scratch database before:
	 * its effects are known, and so is that it is allowed.
	 * @param work runs the section
	 * @param observer is not asked
	 * @param clock tells the time
	 * @param file the file as people know it
	 * @param section the section
	 * @return the run, which tells nothing but its failure
	 */
	public static SectionRehearser replay(SectionSession work, CommittedStateReader observer, Clock clock, String file,
			MigrationSection section) {
		return new SectionRehearser(work, observer, new ServerWideGuard(file, true), false, clock, file, section);
	}

	/**
	 * Run the section.
	 * @return what it did, without what the catalogs say about all of it
	 * @throws SQLException if the server refuses something of ours
	 */
	public RehearsedSection run() throws SQLException {
		this.work.reset();
		Instant begin = this.clock.instant();
		try {
			SqlFailure failure = this.section.transactional() ? inOneTransaction() : oneByOne();
			return new RehearsedSection(this.section.transactional(), Duration.between(begin, this.clock.instant()),
					this.effects, List.of(), failure);
		}
		catch (SQLException ex) {
			throw this.sender.unreachable(ex);
		}
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
		if (SqlState.REFUSES_TRANSACTION.contains(String.valueOf(failure.sqlState()))) {
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
		ServerObjectSnapshot before = ServerObjectSnapshot.read(this.observer.connection());
		SqlFailure failure = alone(statement, reader);
		Optional<String> changed = before.changed(ServerObjectSnapshot.read(this.observer.connection()));
		return changed.isPresent() ? this.guard.changed(statement, changed.get()) : failure;
	}

	private boolean writesToTheServerBeforeItCommits(SqlStatement statement, StatementReader reader)
			throws SQLException {
		begin();
		TransactionObservation trial = TransactionObservation.open(this.work.relationReader(), this.work.facts(),
				this.observer);
		this.sender.send("SAVEPOINT veza_trial");
		SentStatement sent = this.sender.send(statement, reader);
		if (sent.failed()) {
			this.sender.send("ROLLBACK TO SAVEPOINT veza_trial");
		}
		boolean writes = trial.concernsTheServer();
		rollBack(null);
		return writes;
	}

	private @Nullable SqlFailure alone(SqlStatement statement, StatementReader reader) throws SQLException {
		if (this.guard.forbids(statement)) {
			return this.guard.refusal(statement);
		}
		StandaloneObservation lone = this.watching ? StandaloneObservation.open(this.observer) : null;
		SentStatement sent = this.sender.send(statement, reader);
		if (!sent.failed() && lone != null) {
			add(sent, Observation.DOCUMENTED, lone.afterStatement());
		}
		return sent.failure();
	}

	private @Nullable SqlFailure observed(SqlStatement statement, StatementReader reader) throws SQLException {
		TransactionObservation seen = this.window;
		if (seen == null && this.watching && !SET_TRANSACTION.matcher(statement.sql()).lookingAt()) {
			seen = TransactionObservation.open(this.work.relationReader(), this.work.facts(), this.observer);
			this.window = seen;
		}
		SentStatement sent = this.sender.send(statement, reader);
		if (sent.failed()) {
			return rollBack(sent.failure());
		}
		TransactionObservation.StatementObservation observation = (seen != null) ? seen.afterStatement()
				: new TransactionObservation.StatementObservation(List.of(), false);
		if (observation.clusterWide() && !this.guard.disposable()) {
			return rollBack(this.guard.refusal(statement));
		}
		if (this.watching) {
			add(sent, Observation.OBSERVED, observation.effects());
		}
		return null;
	}

	private @Nullable SqlFailure unobserved(SqlStatement statement, StatementReader reader) throws SQLException {
		SentStatement sent = this.sender.send(statement, reader);
		return sent.failed() ? rollBack(sent.failure()) : null;
	}

	private void add(SentStatement sent, Observation observation, List<RelationEffect> relations) {
		this.effects.add(sent.effect(this.effects.size() + 1, observation, relations));
	}

	private void begin() throws SQLException {
		this.window = null;
		this.sender.send("BEGIN");
	}

	/** Deferred constraints fail now; that is the failure of the last statement. */
	private @Nullable SqlFailure commit(SqlStatement last, StatementReader reader) throws SQLException {
		SqlFailure failure = settle(last, reader);
		if (failure != null) {
			return failure;
		}
		try {
			this.sender.send("COMMIT");
			return null;
		}
		catch (SQLException ex) {
			return rollBack(this.sender.failure(ex, last, reader));
		}
	}

	/** A deferred trigger may do what a statement may not. */
	private @Nullable SqlFailure settle(SqlStatement last, StatementReader reader) throws SQLException {
		TransactionObservation seen = this.window;
		if (seen == null || this.guard.disposable()) {
			return null;
		}
		try {
			this.sender.send("SET CONSTRAINTS ALL IMMEDIATE");
		}
		catch (SQLException ex) {
			return rollBack(this.sender.failure(ex, last, reader));
		}
		return seen.concernsTheServer() ? rollBack(this.guard.refusal(last)) : null;
	}

	private @Nullable SqlFailure rollBack(@Nullable SqlFailure failure) throws SQLException {
		this.sender.send("ROLLBACK");
		this.inBlock = false;
		return failure;
	}

}
