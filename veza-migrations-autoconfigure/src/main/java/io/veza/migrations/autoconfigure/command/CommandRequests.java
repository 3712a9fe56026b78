package io.veza.migrations.autoconfigure.command;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.veza.migrations.MigrationVersion;
import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.CommandName;
import io.veza.migrations.request.BaselineRequest;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.request.RepairRequest;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.request.RestoreRequest;
import io.veza.migrations.request.RollbackRequest;
import org.jspecify.annotations.Nullable;

/**
 * The requests to the engine that the properties of a command ask for. A command waits
 * for another run, as a start does.
 */
final class CommandRequests {

	private final MigrationsCommandProperties properties;

	private final @Nullable String baselineVersion;

	private final boolean releaseHeld;

	private final String requestedBy;

	CommandRequests(MigrationsCommandProperties properties, @Nullable String baselineVersion, boolean releaseHeld,
			String requestedBy) {
		this.properties = properties;
		this.baselineVersion = baselineVersion;
		this.releaseHeld = releaseHeld;
		this.requestedBy = requestedBy;
	}

	/**
	 * Check that what a command needs is given.
	 * @param command the command
	 * @throws InvalidCommandException if it is not
	 */
	void check(CommandName command) {
		switch (command) {
			case ROLLBACK -> rollback();
			case REPAIR -> repair();
			case BASELINE -> baseline();
			case PLAN, MIGRATE, STATUS, VALIDATE, RESTORE, REHEARSE -> {
			}
		}
	}

	boolean isRollbackPlanned() {
		return this.properties.rollback().isGiven();
	}

	MigrateRequest migrate() {
		return new MigrateRequest(version(this.properties.to()), origin(null), this.releaseHeld);
	}

	RollbackRequest rollback() {
		MigrationsCommandProperties.RollbackArguments rollback = this.properties.rollback();
		Integer count = rollback.isGiven() ? rollback.count() : Integer.valueOf(1);
		return new RollbackRequest(count, version(rollback.to()), rollback.backup(), rollback.force(),
				new RequestOrigin(this.requestedBy, rollback.reason(), true, rollback.token()));
	}

	RepairRequest repair() {
		MigrationsCommandProperties.RepairArguments repair = this.properties.repair();
		if (!repair.isGiven()) {
			throw new InvalidCommandException("The command \"repair\" names no version. "
					+ "Set veza.migrations.repair.accept-changed, accept-renamed, mark-applied, mark-pending or remove-missing.");
		}
		return new RepairRequest(versions(repair.acceptChanged()), versions(repair.acceptRenamed()),
				versions(repair.markApplied()), versions(repair.markPending()), versions(repair.removeMissing()),
				origin(null));
	}

	BaselineRequest baseline() {
		MigrationVersion version = version(this.baselineVersion);
		if (version == null) {
			throw new InvalidCommandException("The command \"baseline\" names no version. "
					+ "Set veza.migrations.baseline-version to the last version that the schema already has.");
		}
		return new BaselineRequest(version, origin(null));
	}

	RestoreRequest restore() {
		return new RestoreRequest(this.properties.restore().operation(), origin(this.properties.rollback().reason()));
	}

	private RequestOrigin origin(@Nullable String reason) {
		return new RequestOrigin(this.requestedBy, reason, true);
	}

	private static @Nullable MigrationVersion version(@Nullable String text) {
		return (text != null) ? MigrationVersion.of(text) : null;
	}

	private static Set<MigrationVersion> versions(List<String> texts) {
		return texts.stream().map(MigrationVersion::of).collect(Collectors.toSet());
	}

}
