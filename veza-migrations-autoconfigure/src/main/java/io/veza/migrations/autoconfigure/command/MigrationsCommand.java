package io.veza.migrations.autoconfigure.command;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.veza.migrations.Migration;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.CommandName;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.failure.BackupFailedException;
import io.veza.migrations.failure.VerificationFailedException;
import io.veza.migrations.source.MigrationSource;
import io.veza.migrations.status.MigrationStatus;
import io.veza.migrations.status.PlanOutlook;

/**
 * A command: arguments, the engine, output.
 */
final class MigrationsCommand {

	private final CommandName command;

	private final Migrator migrator;

	private final Optional<MigrationSource> source;

	private final CommandRequests requests;

	private final CommandOutput output;

	private final Supplier<RehearsalCommand> rehearsal;

	MigrationsCommand(CommandName command, Migrator migrator, Optional<MigrationSource> source,
			CommandRequests requests, CommandOutput output, Supplier<RehearsalCommand> rehearsal) {
		this.command = command;
		this.migrator = migrator;
		this.source = source;
		this.requests = requests;
		this.output = output;
		this.rehearsal = rehearsal;
	}

	/**
	 * Run the command.
	 * @return the exit code
	 */
	int run() {
		return switch (this.command) {
			case MIGRATE -> report(this.migrator.migrate(this.requests.migrate()));
			case ROLLBACK -> rollback();
			case PLAN -> plan(this.requests.isRollbackPlanned() ? this.migrator.outlook(this.requests.rollback())
					: this.migrator.outlook(this.requests.migrate()));
			case STATUS -> status();
			case VALIDATE -> validate();
			case REPAIR -> report(this.migrator.repair(this.requests.repair()));
			case BASELINE -> report(this.migrator.baseline(this.requests.baseline()));
			case RESTORE -> report(this.migrator.restore(this.requests.restore()));
			case REHEARSE -> this.rehearsal.get().run(this.output);
		};
	}

	private int rollback() {
		this.source.ifPresent((files) -> this.output.step("prerequisites", files::load, MigrationsCommand::count));
		this.output.step("connection", this.migrator::status, MigrationsCommand::database);
		try {
			MigrationReport report = this.migrator.rollback(this.requests.rollback());
			this.output.rolledBack(report);
			return CommandExitCodes.of(report);
		}
		catch (BackupFailedException ex) {
			this.output.failed("backup");
			throw ex;
		}
		catch (VerificationFailedException ex) {
			this.output.failed("verification");
			throw ex;
		}
		catch (RuntimeException ex) {
			this.output.failed("rollback");
			throw ex;
		}
	}

	private int validate() {
		this.migrator.validate();
		this.output.valid(this.migrator.status());
		return CommandExitCodes.DONE;
	}

	private int status() {
		this.output.status(this.migrator.status());
		return CommandExitCodes.DONE;
	}

	private int plan(PlanOutlook plan) {
		this.output.plan(plan);
		return CommandExitCodes.of(plan.plan());
	}

	private int report(MigrationReport report) {
		this.output.report(report);
		return CommandExitCodes.of(report);
	}

	private static String count(List<Migration> files) {
		return files.size() + " migration file(s) are valid";
	}

	private static String database(MigrationStatus status) {
		MigrationStatus.Database database = status.database();
		return (database != null) ? "database " + StatusTextFormat.describe(database) : "established";
	}

}
