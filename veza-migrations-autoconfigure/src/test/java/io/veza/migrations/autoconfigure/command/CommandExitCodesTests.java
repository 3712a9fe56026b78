package io.veza.migrations.autoconfigure.command;

import java.util.List;

import io.veza.migrations.DatabaseUnreachableException;
import io.veza.migrations.PendingMigrationsException;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;

import static org.assertj.core.api.Assertions.assertThat;

class ExitCodesTests {

	@Test
	void ofOurFailureIsItsOwnHoweverDeepItIs() {
		assertThat(ExitCodes.of(new PendingMigrationsException(List.of()))).isEqualTo(3);
		assertThat(ExitCodes.of(new BeanCreationException("bean", new DatabaseUnreachableException("gone", null))))
			.isEqualTo(5);
	}

	@Test
	void ofWhatIsNotConfiguredWellIsInvalid() {
		assertThat(ExitCodes.of(new InvalidCommandException("no such command"))).isEqualTo(2);
		assertThat(ExitCodes.of(new IllegalStateException(new NoSuchBeanDefinitionException("bean")))).isEqualTo(2);
	}

	@Test
	void ofAnythingElseIsUnexpected() {
		assertThat(ExitCodes.of(new IllegalStateException("surprise"))).isEqualTo(1);
	}

}
