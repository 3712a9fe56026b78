package io.veza.migrations.backup;

import io.veza.migrations.MigrationException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the exception that tells why something is not done.
 */
interface Refusal {

	MigrationException because(String problem, String advice, @Nullable Throwable cause);

}
