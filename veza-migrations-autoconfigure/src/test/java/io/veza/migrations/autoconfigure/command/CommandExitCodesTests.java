package io.veza.migrations.autoconfigure.command;

import java.util.List;

import io.veza.migrations.failure.DatabaseUnreachableException;
import io.veza.migrations.failure.PendingMigrationsException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;

import static org.assertj.core.api.Assertions.assertThat;

class CommandExitCodesTests {

	@Test
	void ofOurFailureIsItsOwnHoweverDeepItIs() {
		assertThat(CommandExitCodes.of(new PendingMigrationsException(List.of()))).isEqualTo(3);
		assertThat(
				CommandExitCodes.of(new BeanCreationException("bean", new DatabaseUnreachableException("gone", null))))
			.isEqualTo(5);
	}

	@Test
	void ofWhatIsNotConfiguredWellIsInvalid() {
		assertThat(CommandExitCodes.of(new InvalidCommandException("no such command"))).isEqualTo(2);
		assertThat(CommandExitCodes.of(new IllegalStateException(new NoSuchBeanDefinitionException("bean"))))
			.isEqualTo(2);
	}

	@Test
	void ofAnythingElseIsUnexpected() {
		assertThat(CommandExitCodes.of(new IllegalStateException("surprise"))).isEqualTo(1);
	}

}
