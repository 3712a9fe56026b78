package io.veza.migrations.autoconfigure.command;

import java.util.List;

import io.veza.migrations.BackupMode;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.RequestOrigin;
import io.veza.migrations.RollbackRequest;
import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.Command;
import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.Output;
import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.Repair;
import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.Restore;
import io.veza.migrations.autoconfigure.command.MigrationsCommandProperties.Rollback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class CommandRequestsTests {

	private static final Repair NO_REPAIR = new Repair(List.of(), List.of(), List.of(), List.of());

	@Test
	void rollbackIsForcedOnlyIfThatIsAskedFor() {
		assertThat(requests(new Rollback(1, null, null, null, null, true), NO_REPAIR).rollback().force()).isTrue();
		assertThat(requests(new Rollback(1, null, null, null, null, false), NO_REPAIR).rollback().force()).isFalse();
	}

	@Test
	void rollbackTakesBackOneIfNothingIsGiven() {
		RollbackRequest request = requests(new Rollback(null, null, null, "why", null, false), NO_REPAIR).rollback();

		assertThat(request).isEqualTo(RollbackRequest.latest(1, new RequestOrigin("olivia", "why", true)));
	}

	@Test
	void rollbackToAVersionHasNoCount() {
		RollbackRequest request = requests(new Rollback(null, "1", null, null, null, false), NO_REPAIR).rollback();

		assertThat(request.to()).isEqualTo(MigrationVersion.of("1"));
		assertThat(request.count()).isNull();
	}

	@Test
	void rollbackTakesTokenAndBackup() {
		String token = "v1-0123456789abcdef-0123456789abcdef-0123456789abcdef-0123456789abcdef";

		RollbackRequest request = requests(new Rollback(1, null, token, null, BackupMode.NONE, false), NO_REPAIR)
			.rollback();

		assertThat(request.origin().token()).isEqualTo(token);
		assertThat(request.backup()).isEqualTo(BackupMode.NONE);
	}

	@Test
	void rollbackWithSomethingElseThanATokenIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Rollback(1, null, "t", null, null, false))
			.withMessageContaining("veza.migrations.rollback.token: \"t\" is not the token of a plan");
	}

	@Test
	void repairMapsEachList() {
		Repair repair = new Repair(List.of("1"), List.of("2"), List.of("3"), List.of("4"));

		assertThat(requests(new Rollback(null, null, null, null, null, false), repair).repair())
			.satisfies((request) -> {
				assertThat(request.acceptChanged()).containsExactly(MigrationVersion.of("1"));
				assertThat(request.markApplied()).containsExactly(MigrationVersion.of("2"));
				assertThat(request.markPending()).containsExactly(MigrationVersion.of("3"));
				assertThat(request.removeMissing()).containsExactly(MigrationVersion.of("4"));
			});
	}

	@ParameterizedTest
	@EnumSource(names = { "REPAIR", "BASELINE" })
	void commandThatNeedsAVersionIsRefusedWithoutOne(Command command) {
		assertThatExceptionOfType(InvalidCommandException.class)
			.isThrownBy(() -> requests(new Rollback(null, null, null, null, null, false), NO_REPAIR).check(command))
			.withMessageStartingWith("The command \"" + command.name().toLowerCase() + "\" names no version. Set ");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "REPAIR", "BASELINE" })
	void commandThatNeedsNothingIsFine(Command command) {
		assertThatNoException()
			.isThrownBy(() -> requests(new Rollback(null, null, null, null, null, false), NO_REPAIR).check(command));
	}

	private static CommandRequests requests(Rollback rollback, Repair repair) {
		return new CommandRequests(
				new MigrationsCommandProperties(null, Output.TEXT, null, rollback, repair, new Restore(null)), null,
				false, "olivia");
	}

}
