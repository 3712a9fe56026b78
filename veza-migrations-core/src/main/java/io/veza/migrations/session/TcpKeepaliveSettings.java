package io.veza.migrations.session;

/**
 * Settings with which the server notices soon that we are gone, ends what it does for us
 * and frees the lock of the run. By default it runs the current statement to its end
 * first, and notices a network that went silent after hours.
 */
final class TcpKeepaliveSettings {

	/** Where the server, its platform or the user's rights allow none, it sets none. */
	private static final String SET = """
			DO $keepalives$
			BEGIN
				IF %s THEN
					BEGIN
						PERFORM pg_catalog.set_config('tcp_keepalives_idle', '10', false),
							pg_catalog.set_config('tcp_keepalives_interval', '5', false),
							pg_catalog.set_config('tcp_keepalives_count', '3', false),
							pg_catalog.set_config('tcp_user_timeout', '30000', false);
					EXCEPTION
						WHEN OTHERS THEN NULL;
					END;
					BEGIN
						PERFORM pg_catalog.set_config('client_connection_check_interval', '2000', false);
					EXCEPTION
						WHEN OTHERS THEN NULL;
					END;
				END IF;
			END
			$keepalives$""";

	private TcpKeepaliveSettings() {
	}

	/**
	 * Return the statement that sets them in a session that belongs to the run alone.
	 * @return the SQL, which does not fail
	 */
	static String set() {
		return setIf("true");
	}

	/**
	 * Return the statement that sets them in a session if it belongs to the run.
	 * @param condition an SQL condition that is true if it does
	 * @return the SQL, which does not fail
	 */
	static String setIf(String condition) {
		return SET.formatted(condition);
	}

}
