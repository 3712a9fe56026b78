package io.veza.migrations.autoconfigure.command;

import java.util.List;

import io.veza.migrations.BackupMode;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.CommandName;
import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.OutputFormat;
import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.RepairArguments;
import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.RestoreArguments;
import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.RollbackArguments;
import io.veza.migrations.request.RequestOrigin;
import io.veza.migrations.request.RollbackRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class CommandRequestsTests {

	private static final RepairArguments NO_REPAIR = new RepairArguments(List.of(), List.of(), List.of(), List.of(),
			List.of());

	@Test
	void rollbackIsForcedOnlyIfThatIsAskedFor() {
		assertThat(requests(new RollbackArguments(1, null, null, null, null, true), NO_REPAIR).rollback().force())
			.isTrue();
		assertThat(requests(new RollbackArguments(1, null, null, null, null, false), NO_REPAIR).rollback().force())
			.isFalse();
	}

	@Test
	void rollbackTakesBackOneIfNothingIsGiven() {
		RollbackRequest request = requests(new RollbackArguments(null, null, null, "why", null, false), NO_REPAIR)
			.rollback();

		assertThat(request).isEqualTo(RollbackRequest.latest(1, new RequestOrigin("olivia", "why", true)));
	}

	@Test
	void rollbackToAVersionHasNoCount() {
		RollbackRequest request = requests(new RollbackArguments(null, "1", null, null, null, false), NO_REPAIR)
			.rollback();

		assertThat(request.to()).isEqualTo(MigrationVersion.of("1"));
		assertThat(request.count()).isNull();
	}

	@Test
	void rollbackTakesTokenAndBackup() {
		String token = "v1-0123456789abcdef-0123456789abcdef-0123456789abcdef-0123456789abcdef";

		RollbackRequest request = requests(new RollbackArguments(1, null, token, null, BackupMode.NONE, false),
				NO_REPAIR)
			.rollback();

		assertThat(request.origin().token()).isEqualTo(token);
		assertThat(request.backup()).isEqualTo(BackupMode.NONE);
	}

	@Test
	void rollbackWithSomethingElseThanATokenIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RollbackArguments(1, null, "t", null, null, false))
			.withMessageContaining("veza.migrations.rollback.token: \"t\" is not the token of a plan");
	}

	@Test
	void repairMapsEachList() {
		RepairArguments repair = new RepairArguments(List.of("1"), List.of("5"), List.of("2"), List.of("3"),
				List.of("4"));

		assertThat(requests(new RollbackArguments(null, null, null, null, null, false), repair).repair())
			.satisfies((request) -> {
				assertThat(request.acceptChanged()).containsExactly(MigrationVersion.of("1"));
				assertThat(request.acceptRenamed()).containsExactly(MigrationVersion.of("5"));
				assertThat(request.markApplied()).containsExactly(MigrationVersion.of("2"));
				assertThat(request.markPending()).containsExactly(MigrationVersion.of("3"));
				assertThat(request.removeMissing()).containsExactly(MigrationVersion.of("4"));
			});
	}

	@ParameterizedTest
	@EnumSource(names = { "REPAIR", "BASELINE" })
	void commandThatNeedsAVersionIsRefusedWithoutOne(CommandName command) {
		assertThatExceptionOfType(InvalidCommandException.class).isThrownBy(
				() -> requests(new RollbackArguments(null, null, null, null, null, false), NO_REPAIR).check(command))
			.withMessageStartingWith("The command \"" + command.name().toLowerCase() + "\" names no version. Set ");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "REPAIR", "BASELINE" })
	void commandThatNeedsNothingIsFine(CommandName command) {
		assertThatNoException().isThrownBy(
				() -> requests(new RollbackArguments(null, null, null, null, null, false), NO_REPAIR).check(command));
	}

	private static CommandRequests requests(RollbackArguments rollback, RepairArguments repair) {
		return new CommandRequests(new MigrationsCommandProperties(null, OutputFormat.TEXT, null, rollback, repair,
				new RestoreArguments(null)), null, false, "olivia");
	}

}
