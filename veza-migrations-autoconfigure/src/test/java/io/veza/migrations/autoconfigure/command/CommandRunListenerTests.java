package io.veza.migrations.autoconfigure.command;

import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.failure.DatabaseUnreachableException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class CommandRunListenerTests {

	private final WrittenStreams written = new WrittenStreams();

	private final List<Integer> exitCodes = new ArrayList<>();

	private final CommandRunListener listener = new CommandRunListener(this.exitCodes::add);

	private final DefaultBootstrapContext bootstrapContext = new DefaultBootstrapContext();

	@Test
	void failedStartOfACommandEndsWithItsExitCode() {
		this.listener.starting(inCommandMode());

		this.listener.failed(null, new DatabaseUnreachableException("No server.", "Start one.", null));

		assertThat(this.exitCodes).containsExactly(5);
		assertThat(this.written.err()).startsWith("Error: No server. Start one.");
	}

	@Test
	void failedStartThatNobodyExplainsShowsItsStackTrace() {
		this.listener.starting(inCommandMode());

		this.listener.failed(null, new IllegalStateException("surprise"));

		assertThat(this.exitCodes).containsExactly(1);
		assertThat(this.written.err()).startsWith("Error: java.lang.IllegalStateException: surprise")
			.contains("\tat " + CommandRunListenerTests.class.getName());
	}

	@Test
	void failedStartOfAnApplicationIsLeftToSpringBoot() {
		this.listener.starting(this.bootstrapContext);

		this.listener.failed(null, new IllegalStateException("surprise"));

		assertThat(this.exitCodes).isEmpty();
	}

	@Test
	void contextKnowsWhetherThereIsACommand() {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			this.listener.starting(this.bootstrapContext);
			this.listener.contextPrepared(context);
			assertThat(context.getBeanFactory().getBeanProvider(CommandStreams.class)).isEmpty();

			this.listener.starting(inCommandMode());
			this.listener.contextPrepared(context);
			assertThat(context.getBeanFactory().getBeanProvider(CommandStreams.class)).hasSize(1);
		}
	}

	private DefaultBootstrapContext inCommandMode() {
		this.bootstrapContext.register(CommandStart.class,
				InstanceSupplier.of(new CommandStart(new MockEnvironment(), this.written.streams())));
		return this.bootstrapContext;
	}

}
