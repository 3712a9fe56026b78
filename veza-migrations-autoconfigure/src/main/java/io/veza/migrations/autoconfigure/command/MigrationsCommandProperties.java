package io.veza.migrations.autoconfigure.command;

import java.util.List;
import java.util.UUID;

import io.veza.migrations.BackupMode;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanToken;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The properties of a process that runs one command instead of the application. A blank
 * text counts as not set.
 *
 * @param command Command to run instead of the application.
 * @param output How a command writes to the standard output.
 * @param to Last version that the command "migrate" applies. Quote it in YAML.
 * @param rollback What the command "rollback" takes back.
 * @param repair What the command "repair" settles.
 * @param restore What the command "restore" brings back.
 * @since 0.1.0
 */
@ConfigurationProperties(MigrationsCommandProperties.PREFIX)
public record MigrationsCommandProperties(@Nullable CommandName command, @DefaultValue("text") OutputFormat output,
		@Nullable String to, @DefaultValue RollbackArguments rollback, @DefaultValue RepairArguments repair,
		@DefaultValue RestoreArguments restore) {

	static final String PREFIX = "veza.migrations";

	private static final int LONGEST_REASON = 4000;

	public MigrationsCommandProperties {
		to = textOrNull(to);
		requireVersion("to", to);
	}

	private static @Nullable String textOrNull(@Nullable String text) {
		return StringUtils.hasText(text) ? text.strip() : null;
	}

	private static void requireVersion(String property, @Nullable String version) {
		require(version == null || MigrationVersion.isVersion(version), property, "\"" + version
				+ "\" is not a version. Write digits, optionally dotted, and quote them in YAML, such as \"010\".");
	}

	private static void require(boolean expression, String property, String message) {
		Assert.isTrue(expression, () -> PREFIX + "." + property + ": " + message);
	}

	/**
	 * The name of a command.
	 */
	public enum CommandName {

		/** Apply what is pending. */
		MIGRATE,

		/** Take back the latest migrations. */
		ROLLBACK,

		/** Show what would run. */
		PLAN,

		/** List all migrations. */
		STATUS,

		/** Fail if anything is pending or wrong. */
		VALIDATE,

		/** Settle what every run refuses. */
		REPAIR,

		/** Record migrations as applied without running them. */
		BASELINE,

		/** Bring back what a rollback destroyed. */
		RESTORE,

		/** Try migrations on a scratch database and tell what they do. */
		REHEARSE

	}

	/**
	 * The format of what a command writes.
	 */
	public enum OutputFormat {

		/** For people. */
		TEXT,

		/** For machines. */
		JSON

	}

	/**
	 * The arguments of the command {@code rollback}.
	 *
	 * @param count How many migrations to take back. One if neither this nor the version
	 * is set.
	 * @param to Version that stays as the newest one. Quote it in YAML.
	 * @param token Token of the plan that was looked at.
	 * @param reason Why, for the audit log.
	 * @param backup How what it destroys is kept, instead of "backup.mode".
	 * @param force Whether it runs although a rehearsal has shown that it does not
	 * restore the schema.
	 */
	public record RollbackArguments(@Nullable Integer count, @Nullable String to, @Nullable String token,
			@Nullable String reason, @Nullable BackupMode backup, @DefaultValue("false") boolean force) {

		public RollbackArguments {
			to = textOrNull(to);
			token = textOrNull(token);
			reason = textOrNull(reason);
			requireVersion("rollback.to", to);
			require(token == null || PlanToken.isToken(token), "rollback.token",
					"\"" + token + "\" is not the token of a plan. Copy it from the output of the command \"plan\".");
			require(count == null || to == null, "rollback.to",
					"\"rollback.count\" is set as well. Set how many to take back, or the version that stays.");
			require(count == null || count > 0, "rollback.count",
					"\"" + count + "\" is less than 1. Write how many migrations to take back.");
			require(reason == null || (reason.length() <= LONGEST_REASON && reason.indexOf('\0') < 0),
					"rollback.reason", "the text is longer than " + LONGEST_REASON
							+ " characters or holds a NUL character. Write a short text.");
		}

		boolean isGiven() {
			return this.count != null || this.to != null;
		}

	}

	/**
	 * The arguments of the command {@code repair}.
	 *
	 * @param acceptChanged Applied versions whose file is the truth from now on.
	 * @param acceptRenamed Versions of pending files whose UP was applied as another
	 * version that has no file any more.
	 * @param markApplied Versions that stopped half-way and are complete.
	 * @param markPending Versions that stopped half-way and were undone by hand.
	 * @param removeMissing Applied versions without a file whose rows go.
	 */
	public record RepairArguments(@DefaultValue List<String> acceptChanged, @DefaultValue List<String> acceptRenamed,
			@DefaultValue List<String> markApplied, @DefaultValue List<String> markPending,
			@DefaultValue List<String> removeMissing) {

		public RepairArguments {
			acceptChanged = versions("accept-changed", acceptChanged);
			acceptRenamed = versions("accept-renamed", acceptRenamed);
			markApplied = versions("mark-applied", markApplied);
			markPending = versions("mark-pending", markPending);
			removeMissing = versions("remove-missing", removeMissing);
		}

		boolean isGiven() {
			return !(this.acceptChanged.isEmpty() && this.acceptRenamed.isEmpty() && this.markApplied.isEmpty()
					&& this.markPending.isEmpty() && this.removeMissing.isEmpty());
		}

		private static List<String> versions(String property, List<String> versions) {
			versions.forEach((version) -> requireVersion("repair." + property, version));
			return List.copyOf(versions);
		}

	}

	/**
	 * The arguments of the command {@code restore}.
	 *
	 * @param operation Id of the rollback. The latest one that was not restored if not
	 * set.
	 */
	public record RestoreArguments(@Nullable UUID operation) {

	}

}
