package io.veza.migrations.execute;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Tells who was in the way of a statement that did not get its lock.
 */
public interface Blockers {

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
