package io.veza.migrations.actuate;

import java.util.function.BooleanSupplier;

import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.actuate.descriptor.MigrationDetailsDescriptor;
import io.veza.migrations.actuate.descriptor.MigrationsDescriptor;
import io.veza.migrations.actuate.descriptor.PlanDescriptor;
import io.veza.migrations.actuate.descriptor.ReportDescriptor;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.request.BaselineRequest;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RepairRequest;
import io.veza.migrations.request.RestoreRequest;
import io.veza.migrations.request.RollbackRequest;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;

/**
 * The actuator endpoint {@code migrations}: each method is one call of the engine. The
 * operations are declared by {@link MigrationsEndpointWebExtension} and
 * {@link MigrationsEndpointJmxExtension}: Boot would register one that is declared here
 * as well, beside that of the extension.
 *
 * @since 0.1.0
 */
@Endpoint(id = "migrations", defaultAccess = Access.READ_ONLY)
public class MigrationsEndpoint {

	/** The access that holds if nothing is configured. */
	public static final Access DEFAULT_ACCESS = Access.READ_ONLY;

	private final Migrator migrator;

	private final LastKnownStatus status;

	private final DetachedExecution execution;

	private final BooleanSupplier writable;

	private final boolean tokenRequired;

	/**
	 * Create a new instance.
	 * @param migrator the engine
	 * @param status reads where the database stands
	 * @param execution runs what changes the database
	 * @param writable whether the endpoint may change the database
	 * @param tokenRequired whether a rollback must hand back the token of its plan
	 */
	public MigrationsEndpoint(Migrator migrator, LastKnownStatus status, DetachedExecution execution,
			BooleanSupplier writable, boolean tokenRequired) {
		this.migrator = migrator;
		this.status = status;
		this.execution = execution;
		this.writable = writable;
		this.tokenRequired = tokenRequired;
	}

	MigrationsDescriptor list() {
		return MigrationsDescriptor.of(this.status.read(), this.writable.getAsBoolean());
	}

	MigrationsDescriptor list(OperationArguments arguments) {
		boolean drift = arguments.flag("drift");
		MigrationsDescriptor list = arguments.build(this::list);
		return drift ? this.migrator.drift().map(list::with).orElse(list) : list;
	}

	MigrationDetailsDescriptor details(String version) {
		if (!MigrationVersion.isVersion(version)) {
			throw new NotFoundException(
					"There is no \"" + version + "\" here. Name a version of the list, or ask for \"plan\".");
		}
		return this.migrator.details(MigrationVersion.of(version))
			.map(MigrationDetailsDescriptor::of)
			.orElseThrow(() -> new NotFoundException("Version \"" + version
					+ "\" is neither in the migration files nor in the history. Name a version of the list."));
	}

	PlanDescriptor plan(OperationArguments arguments, String requestedBy) {
		RequestReader requests = new RequestReader(arguments, requestedBy);
		return PlanDescriptor.of((requests.planned() == MigrationOperation.ROLLBACK)
				? this.migrator.outlook(requests.rollbackPlan()) : this.migrator.outlook(requests.migratePlan()));
	}

	ReportDescriptor migrate(OperationArguments arguments, String requestedBy) {
		MigrateRequest request = new RequestReader(arguments, requestedBy).migrate();
		return ReportDescriptor.of(this.execution.run(() -> this.migrator.migrate(request)));
	}

	ReportDescriptor rollback(OperationArguments arguments, String requestedBy) {
		RollbackRequest request = new RequestReader(arguments, requestedBy).rollback(this.tokenRequired);
		return ReportDescriptor.of(this.execution.run(() -> this.migrator.rollback(request)));
	}

	ReportDescriptor repair(OperationArguments arguments, String requestedBy) {
		RepairRequest request = new RequestReader(arguments, requestedBy).repair();
		return ReportDescriptor.of(this.execution.run(() -> this.migrator.repair(request)));
	}

	ReportDescriptor baseline(OperationArguments arguments, String requestedBy) {
		BaselineRequest request = new RequestReader(arguments, requestedBy).baseline();
		return ReportDescriptor.of(this.execution.run(() -> this.migrator.baseline(request)));
	}

	ReportDescriptor restore(OperationArguments arguments, String requestedBy) {
		RestoreRequest request = new RequestReader(arguments, requestedBy).restore();
		return ReportDescriptor.of(this.execution.run(() -> this.migrator.restore(request)));
	}

}
