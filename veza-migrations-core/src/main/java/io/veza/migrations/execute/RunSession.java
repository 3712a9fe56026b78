package io.veza.migrations.execute;

import java.sql.Connection;

import io.veza.migrations.session.SessionSettings;

/**
 * The session of a run.
 *
 * @param connection the connection that holds the lock of the run, in autocommit mode:
 * transactions are opened and closed by statements
 * @param settings the settings from which each migration starts
 * @param fence the statements that keep other runs out of each transaction
 */
public record RunSession(Connection connection, SessionSettings settings, RunFence fence) {

}
