package io.veza.migrations.engine.watch;

import java.util.List;
import java.util.stream.Collectors;

import io.veza.migrations.ServerSession;

/**
 * Sessions in words.
 */
final class SessionDescriptions {

	private static final int MAX_NAMED = 5;

	private SessionDescriptions() {
	}

	/**
	 * Describe sessions.
	 * @param sessions the sessions
	 * @return a phrase
	 */
	static String describe(List<ServerSession> sessions) {
		String named = sessions.stream()
			.limit(MAX_NAMED)
			.map(ServerSession::describe)
			.collect(Collectors.joining("; "));
		int more = sessions.size() - MAX_NAMED;
		return (more > 0) ? named + "; and " + more + " more" : named;
	}

}
