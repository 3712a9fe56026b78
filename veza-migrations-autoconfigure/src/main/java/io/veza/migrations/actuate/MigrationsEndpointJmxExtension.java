package io.veza.migrations.actuate;

import java.util.HashMap;
import java.util.Map;

import io.veza.migrations.actuate.descriptor.MigrationDetailsDescriptor;
import io.veza.migrations.actuate.descriptor.MigrationsDescriptor;
import io.veza.migrations.actuate.descriptor.PlanDescriptor;
import io.veza.migrations.actuate.descriptor.ReportDescriptor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.jmx.annotation.EndpointJmxExtension;

/**
 * The endpoint over JMX: the same operations, each under its name. What is refused is an
 * exception there, with the same text.
 *
 * @since 0.1.0
 */
@EndpointJmxExtension(endpoint = MigrationsEndpoint.class)
public class MigrationsEndpointJmxExtension {

	private static final String REQUESTED_BY = "jmx";

	private final MigrationsEndpoint endpoint;

	/**
	 * Create a new instance.
	 * @param endpoint the endpoint
	 */
	public MigrationsEndpointJmxExtension(MigrationsEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Return all migrations and where the database stands.
	 * @return the list
	 */
	@ReadOperation
	public MigrationsDescriptor list() {
		return this.endpoint.list();
	}

	/**
	 * Return one migration.
	 * @param version the version
	 * @return the migration
	 */
	@ReadOperation
	public MigrationDetailsDescriptor details(String version) {
		return this.endpoint.details(version);
	}

	/**
	 * Return what would run.
	 * @param operation {@code migrate} or {@code rollback}
	 * @param count how many to roll back
	 * @param to the version at which to end
	 * @param backup how what a rollback destroys would be kept
	 * @param force {@code true} if a rollback is to run although it is known not to
	 * restore
	 * @return the plan
	 */
	@ReadOperation
	public PlanDescriptor plan(String operation, @Nullable String count, @Nullable String to, @Nullable String backup,
			@Nullable String force) {
		return this.endpoint.plan(
				arguments("operation", operation, "count", count, "to", to, "backup", backup, "force", force),
				REQUESTED_BY);
	}

	/**
	 * Apply pending migrations.
	 * @param to the last version to apply
	 * @param token the token of the plan that was looked at; releases what it holds
	 * @param reason why
	 * @return the report
	 */
	@WriteOperation
	public ReportDescriptor migrate(@Nullable String to, @Nullable String token, @Nullable String reason) {
		return this.endpoint.migrate(arguments("to", to, "token", token, "reason", reason), REQUESTED_BY);
	}

	/**
	 * Take back the latest migrations.
	 * @param count how many
	 * @param to or else the version that stays
	 * @param backup how what it destroys is kept
	 * @param token the token of the plan that was looked at
	 * @param reason why
	 * @param force {@code true} if it is to run although it is known not to restore
	 * @return the report
	 */
	@WriteOperation
	public ReportDescriptor rollback(@Nullable String count, @Nullable String to, @Nullable String backup,
			@Nullable String token, @Nullable String reason, @Nullable String force) {
		return this.endpoint.rollback(
				arguments("count", count, "to", to, "backup", backup, "token", token, "reason", reason, "force", force),
				REQUESTED_BY);
	}

	/**
	 * Settle what planning refuses; each argument is a list of versions with commas.
	 * @param acceptChanged applied versions whose file is the truth from now on
	 * @param acceptRenamed versions of pending files whose UP was applied as another
	 * version that has no file any more
	 * @param markApplied versions that stopped half-way and are complete
	 * @param markPending versions that stopped half-way and were undone by hand
	 * @param removeMissing applied versions without a file whose rows go
	 * @param reason why
	 * @return the report
	 */
	@WriteOperation
	public ReportDescriptor repair(@Nullable String acceptChanged, @Nullable String acceptRenamed,
			@Nullable String markApplied, @Nullable String markPending, @Nullable String removeMissing,
			@Nullable String reason) {
		return this.endpoint.repair(
				arguments("acceptChanged", acceptChanged, "acceptRenamed", acceptRenamed, "markApplied", markApplied,
						"markPending", markPending, "removeMissing", removeMissing, "reason", reason),
				REQUESTED_BY);
	}

	/**
	 * Record migrations as applied because their schema is there already.
	 * @param version the last version that is recorded
	 * @param reason why
	 * @return the report
	 */
	@WriteOperation
	public ReportDescriptor baseline(String version, @Nullable String reason) {
		return this.endpoint.baseline(arguments("version", version, "reason", reason), REQUESTED_BY);
	}

	/**
	 * Bring back what a rollback destroyed.
	 * @param operationId the rollback; the latest one that was not restored without it
	 * @param reason why
	 * @return the report
	 */
	@WriteOperation
	public ReportDescriptor restore(@Nullable String operationId, @Nullable String reason) {
		return this.endpoint.restore(arguments("operationId", operationId, "reason", reason), REQUESTED_BY);
	}

	private static OperationArguments arguments(@Nullable String... namesAndValues) {
		Map<String, @Nullable String> values = new HashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
		}
		return OperationArguments.of(values);
	}

}
