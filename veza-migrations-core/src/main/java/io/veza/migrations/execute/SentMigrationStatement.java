package io.veza.migrations.execute;

import java.nio.charset.StandardCharsets;

import io.veza.migrations.PlanStep;

/**
 * A statement of a migration that is on its way to the server.
 *
 * @param step the migration
 * @param number the number of the statement, from 1
 * @param sql the text
 */
public record SentMigrationStatement(PlanStep step, int number, String sql) {

	/**
	 * The least that PostgreSQL can be told to keep of a text, without the last character
	 * if that takes several bytes.
	 */
	private static final int SHORTEST_BEGINNING = 96;

	/**
	 * Return whether this may be the statement that the server executes.
	 * @param shown what {@code pg_stat_activity} shows, which is the beginning of a long
	 * text
	 * @return whether the texts agree as far as they can be seen
	 */
	public boolean isShownAs(String shown) {
		return isShownAs(this.sql, shown);
	}

	/**
	 * Return whether a text may be what the server executes.
	 * @param sql the text
	 * @param shown what {@code pg_stat_activity} shows, which is the beginning of a long
	 * text
	 * @return whether the texts agree as far as they can be seen
	 */
	public static boolean isShownAs(String sql, String shown) {
		String whole = sql.strip();
		String beginning = shown.strip();
		return whole.equals(beginning)
				|| (whole.startsWith(beginning) && shown.getBytes(StandardCharsets.UTF_8).length >= SHORTEST_BEGINNING);
	}

}
