package io.veza.migrations.actuate;

import java.util.Set;
import java.util.UUID;

import io.veza.migrations.BackupMode;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanToken;
import io.veza.migrations.request.BaselineRequest;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RepairRequest;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.request.RestoreRequest;
import io.veza.migrations.request.RollbackRequest;
import org.jspecify.annotations.Nullable;

/**
 * A reader of requests to the engine from the arguments of a caller: nobody waits for
 * another run, and everything that is wrong is reported together.
 */
final class RequestReader {

	private final OperationArguments arguments;

	private final String requestedBy;

	RequestReader(OperationArguments arguments, String requestedBy) {
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

	/**
	 * Return the request whose plan is looked at: what is held is shown, because whoever
	 * sends the token of that plan wants it.
	 * @return the request
	 */
	MigrateRequest migratePlan() {
		return migrate(origin(null), true);
	}

	MigrateRequest migrate() {
		RequestOrigin origin = origin(reason(), token());
		return migrate(origin, origin.token() != null);
	}

	private MigrateRequest migrate(RequestOrigin origin, boolean releaseHeld) {
		MigrationVersion to = this.arguments.version("to");
		return this.arguments.build(() -> new MigrateRequest(to, origin, releaseHeld));
	}

	RollbackRequest rollbackPlan() {
		return rollback(origin(null));
	}

	/**
	 * Return the rollback that is asked for.
	 * @param tokenRequired whether the token of a plan must be given
	 * @return the request
	 */
	RollbackRequest rollback(boolean tokenRequired) {
		RequestOrigin origin = origin(reason(), token());
		if (tokenRequired && !this.arguments.isGiven("token")) {
			this.arguments
				.refuse("\"token\" is missing. Look at the plan with the same arguments first, and give its token.");
		}
		return rollback(origin);
	}

	private RollbackRequest rollback(RequestOrigin origin) {
		Integer count = this.arguments.number("count");
		MigrationVersion to = this.arguments.version("to");
		BackupMode backup = backup();
		boolean force = this.arguments.flag("force");
		return this.arguments.build(() -> new RollbackRequest(count, to, backup, force, origin));
	}

	private @Nullable BackupMode backup() {
		String text = this.arguments.text("backup");
		if (text == null) {
			return null;
		}
		for (BackupMode mode : BackupMode.values()) {
			if (mode.id().equals(text)) {
				return mode;
			}
		}
		this.arguments.refuse("\"backup\" is \"" + text + "\". Give \"in-database\", \"pg-dump\" or \"none\".");
		return null;
	}

	private @Nullable String token() {
		String token = this.arguments.text("token");
		if (token != null && !PlanToken.isToken(token)) {
			this.arguments.refuse("\"token\" is not the token of a plan. Copy the one of the plan that was looked at.");
			return null;
		}
		return token;
	}

	RepairRequest repair() {
		Set<MigrationVersion> acceptChanged = this.arguments.versions("acceptChanged");
		Set<MigrationVersion> acceptRenamed = this.arguments.versions("acceptRenamed");
		Set<MigrationVersion> markApplied = this.arguments.versions("markApplied");
		Set<MigrationVersion> markPending = this.arguments.versions("markPending");
		Set<MigrationVersion> removeMissing = this.arguments.versions("removeMissing");
		RequestOrigin origin = origin(reason());
		return this.arguments.build(() -> {
			if (acceptChanged.isEmpty() && acceptRenamed.isEmpty() && markApplied.isEmpty() && markPending.isEmpty()
					&& removeMissing.isEmpty()) {
				throw new IllegalArgumentException("Nothing to repair is named. Give versions for \"acceptChanged\", "
						+ "\"acceptRenamed\", \"markApplied\", \"markPending\" or \"removeMissing\".");
			}
			return new RepairRequest(acceptChanged, acceptRenamed, markApplied, markPending, removeMissing, origin);
		});
	}

	RestoreRequest restore() {
		UUID operationId = this.arguments.id("operationId");
		RequestOrigin origin = origin(reason());
		return this.arguments.build(() -> new RestoreRequest(operationId, origin));
	}

	BaselineRequest baseline() {
		MigrationVersion version = this.arguments.version("version");
		RequestOrigin origin = origin(reason());
		return this.arguments.build(() -> new BaselineRequest(
				OperationArguments.required("version", version, "Give the last version that the schema already has."),
				origin));
	}

	private @Nullable String reason() {
		return this.arguments.prose("reason");
	}

	private RequestOrigin origin(@Nullable String reason) {
		return origin(reason, null);
	}

	private RequestOrigin origin(@Nullable String reason, @Nullable String token) {
		return new RequestOrigin(this.requestedBy, reason, false, token);
	}

}
