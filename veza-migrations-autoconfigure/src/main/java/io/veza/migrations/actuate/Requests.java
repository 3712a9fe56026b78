package io.veza.migrations.actuate;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.veza.migrations.BaselineRequest;
import io.veza.migrations.MigrateRequest;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RepairRequest;
import io.veza.migrations.RequestOrigin;
import io.veza.migrations.RollbackRequest;

/**
 * Makes requests to the engine of arguments: nobody waits for another run, and everything
 * that is wrong is reported together.
 */
final class Requests {

	private final Arguments arguments;

	private final String requestedBy;

	Requests(Arguments arguments, String requestedBy) {
		this.arguments = arguments;
		this.requestedBy = requestedBy;
	}

	/**
	 * Return which plan is asked for: {@link MigrationOperation#MIGRATE} or
	 * {@link MigrationOperation#ROLLBACK}.
	 * @return the operation
	 */
	MigrationOperation planned() {
		String operation = this.arguments.text("operation");
		if (MigrationOperation.ROLLBACK.id().equals(operation)) {
			return MigrationOperation.ROLLBACK;
		}
		if (MigrationOperation.MIGRATE.id().equals(operation)) {
			return MigrationOperation.MIGRATE;
		}
		this.arguments.refuse("\"operation\" is " + ((operation != null) ? "\"" + operation + "\"" : "missing")
				+ ". Give \"migrate\" or \"rollback\".");
		return MigrationOperation.ROLLBACK;
	}

	MigrateRequest migratePlan() {
		return migrate(null);
	}

	MigrateRequest migrate() {
		return migrate(reason());
	}

	private MigrateRequest migrate(@Nullable String reason) {
		MigrationVersion to = this.arguments.version("to");
		return this.arguments.build(() -> new MigrateRequest(to, origin(reason)));
	}

	RollbackRequest rollbackPlan() {
		return rollback(null);
	}

	RollbackRequest rollback() {
		return rollback(reason());
	}

	private RollbackRequest rollback(@Nullable String reason) {
		Integer count = this.arguments.number("count");
		MigrationVersion to = this.arguments.version("to");
		return this.arguments.build(() -> new RollbackRequest(count, to, origin(reason)));
	}

	RepairRequest repair() {
		Set<MigrationVersion> acceptChanged = this.arguments.versions("acceptChanged");
		Set<MigrationVersion> markApplied = this.arguments.versions("markApplied");
		Set<MigrationVersion> markPending = this.arguments.versions("markPending");
		Set<MigrationVersion> removeMissing = this.arguments.versions("removeMissing");
		RequestOrigin origin = origin(reason());
		return this.arguments.build(() -> {
			if (acceptChanged.isEmpty() && markApplied.isEmpty() && markPending.isEmpty() && removeMissing.isEmpty()) {
				throw new IllegalArgumentException("Nothing to repair is named. Give versions for \"acceptChanged\", "
						+ "\"markApplied\", \"markPending\" or \"removeMissing\".");
			}
			return new RepairRequest(acceptChanged, markApplied, markPending, removeMissing, origin);
		});
	}

	BaselineRequest baseline() {
		MigrationVersion version = this.arguments.version("version");
		RequestOrigin origin = origin(reason());
		return this.arguments.build(() -> new BaselineRequest(
				Arguments.required("version", version, "Give the last version that the schema already has."), origin));
	}

	private @Nullable String reason() {
		return this.arguments.prose("reason");
	}

	private RequestOrigin origin(@Nullable String reason) {
		return new RequestOrigin(this.requestedBy, reason, false);
	}

}
