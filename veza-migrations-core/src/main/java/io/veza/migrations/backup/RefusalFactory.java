package io.veza.migrations.backup;

import io.veza.migrations.failure.MigrationException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the exception that tells why something is not done.
 */
public interface RefusalFactory {

	MigrationException because(String problem, String advice, @Nullable Throwable cause);

}
