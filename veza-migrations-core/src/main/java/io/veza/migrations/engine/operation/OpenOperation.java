package io.veza.migrations.engine.operation;

import java.util.List;
import java.util.UUID;

import io.veza.migrations.Migration;
import io.veza.migrations.request.RequestOrigin;

/**
 * An operation of this process with its open session and the migration files.
 *
 * @param id the id of the operation in the audit log
 * @param origin who asks for it
 * @param context the one session of the operation, and the files
 */
public record OpenOperation(UUID id, RequestOrigin origin, MigrationContext context) {

	public MigrationSession session() {
		return this.context.session();
	}

	public List<Migration> migrations() {
		return this.context.migrations();
	}

}
