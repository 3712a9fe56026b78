package io.veza.migrations.engine.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

import io.veza.migrations.ServerSession;
import io.veza.migrations.catalog.SessionActivity;
import io.veza.migrations.status.RunningOperation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log whom a statement has been waiting for, when it is allowed to wait long:
 * once, and again only when somebody else is in the way.
 */
final class LockWaitLog {

	private static final Logger logger = LoggerFactory.getLogger(LockWaitLog.class);

	private static final Duration LONG = Duration.ofSeconds(1);

	private final Clock clock;

	private final Set<String> told = new HashSet<>();

	private Set<String> inTheWay = Set.of();

	private long sent;

	private Instant since = Instant.EPOCH;

	LockWaitLog(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Note what the server shows of the session that works.
	 * @param sent what had been sent when it was looked at
	 * @param activity what the server shows
	 * @param operation where the operation is
	 */
	void seen(StatementInFlight sent, SessionActivity activity, RunningOperation operation) {
		String statement = operation.version() + "/" + operation.statement() + "/";
		Set<String> names = activity.blockers()
			.stream()
			.map((session) -> statement + name(session))
			.collect(Collectors.toSet());
		if (sent.number() != this.sent || Collections.disjoint(names, this.inTheWay)) {
			this.since = this.clock.instant();
		}
		this.sent = sent.number();
		this.inTheWay = names;
		boolean isLong = Duration.between(this.since, this.clock.instant()).compareTo(LONG) >= 0;
		if (isLong && this.told.addAll(names)) {
			logger.info("Version {} waits at statement {} of {} for {}. In the way: {}", operation.version(),
					operation.statement(), operation.statements(), activity.waitsFor(),
					SessionDescriptions.describe(activity.blockers()));
		}
	}

	private static String name(ServerSession session) {
		return session.pid() + ((session.gid() != null) ? session.gid() : "");
	}

}
