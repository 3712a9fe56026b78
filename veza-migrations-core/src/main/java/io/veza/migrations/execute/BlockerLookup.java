package io.veza.migrations.execute;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A lookup of the sessions that kept a statement from its lock.
 */
public interface BlockerLookup {

	/**
	 * Return who was in the way.
	 * @param sql the statement, {@code null} if it is unknown
	 * @return who, as far as anybody could see
	 */
	Blame blame(@Nullable String sql);

	/**
	 * Who was in the way.
	 *
	 * @param who the sessions in words
	 * @param cancelledAfter how long PostgreSQL lets them be in the way before it cancels
	 * them, as it does with an autovacuum worker that is the only one; {@code null} if it
	 * does not
	 */
	record Blame(String who, @Nullable Duration cancelledAfter) {

	}

}
