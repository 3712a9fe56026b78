package io.veza.migrations.engine;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import io.veza.migrations.backup.BackupCatalogue;
import io.veza.migrations.backup.KeptOperation;
import io.veza.migrations.engine.operation.DatabaseFailureTranslator;
import io.veza.migrations.engine.operation.MigrationSession;
import io.veza.migrations.failure.RestoreFailedException;
import io.veza.migrations.request.RestoreRequest;
import org.jspecify.annotations.Nullable;

/**
 * The backups that rollbacks have left in a database.
 *
 * @param schema the schema that keeps it
 */
record RestorableBackupFinder(String schema) {

	/**
	 * Find the backup that a request means.
	 * @param session the database
	 * @param request the request
	 * @return the rollback of which something is kept: the latest one that was not
	 * restored, unless it is named
	 * @throws RestoreFailedException if there is none
	 */
	KeptOperation find(MigrationSession session, RestoreRequest request) {
		try {
			List<KeptOperation> operations = new BackupCatalogue(this.schema).find(session.connection());
			return operations.stream()
				.filter((operation) -> means(request, operation))
				.max(Comparator.comparing(KeptOperation::createdAt))
				.orElseThrow(() -> missing(request.operationId(), operations));
		}
		catch (SQLException ex) {
			throw DatabaseFailureTranslator.translate(ex);
		}
	}

	private static boolean means(RestoreRequest request, KeptOperation operation) {
		return (request.operationId() != null) ? operation.id().equals(request.operationId())
				: operation.restoredAt() == null;
	}

	private RestoreFailedException missing(@Nullable UUID operationId, List<KeptOperation> operations) {
		String which = (operationId != null) ? " of the rollback \"" + operationId + "\"" : " that was not restored";
		String others = operations.stream()
			.map((operation) -> operation.id() + " (versions " + String.join(", ", operation.versions()) + ")")
			.collect(Collectors.joining(", "));
		return new RestoreFailedException("The schema \"" + this.schema + "\" holds no backup" + which + ".",
				operations.isEmpty() ? "Nothing was kept in this database." : "It holds those of " + others + ".",
				null);
	}

}
