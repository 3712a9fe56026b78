package io.veza.migrations.engine;

import io.veza.migrations.execute.Blockers;
import org.jspecify.annotations.Nullable;

/**
 * Knows nobody.
 */
final class UnknownBlockers implements Blockers {

	@Override
	public Blame blame(@Nullable String sql) {
		return new Blame("a session that could not be found", null);
	}

}
