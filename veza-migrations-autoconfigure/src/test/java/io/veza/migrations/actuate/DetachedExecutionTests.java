package io.veza.migrations.actuate;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class DetachedExecutionTests {

	private final DetachedExecution execution = new DetachedExecution();

	private final CountDownLatch started = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	private final CompletableFuture<String> operation = new CompletableFuture<>();

	@Test
	void runReturnsTheReportOfAnotherThread() {
		assertThat(this.execution.run(() -> Thread.currentThread().getName())).startsWith("veza-migrations-");
	}

	@Test
	void runThrowsWhatTheOperationThrows() {
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.execution.run(() -> {
			throw new NotFoundException("as it is");
		})).withMessage("as it is");
	}

	@Test
	void runWhenInterruptedLeavesTheOperationAlone() {
		CompletableFuture<Throwable> outcome = new CompletableFuture<>();
		Thread waiter = new Thread(() -> outcome.complete(runInterruptibly()));
		waiter.start();

		waiter.interrupt();

		assertThat(outcome.join()).isInstanceOf(DetachedException.class);
		this.release.countDown();
		assertThat(this.operation.join()).isEqualTo("done, not interrupted");
	}

	@Test
	void closeWaitsForTheOperation() throws InterruptedException {
		Thread waiter = new Thread(this::runInterruptibly);
		waiter.start();
		this.started.await();
		waiter.interrupt();
		CompletableFuture<Void> closed = CompletableFuture.runAsync(this.execution::close);
		waiter.join();
		assertThat(closed).isNotDone();

		this.release.countDown();

		closed.join();
		assertThat(this.operation).isCompletedWithValue("done, not interrupted");
	}

	private Throwable runInterruptibly() {
		try {
			throw new IllegalStateException(this.execution.run(this::operate));
		}
		catch (RuntimeException ex) {
			return ex;
		}
	}

	private String operate() {
		try {
			this.started.countDown();
			this.release.await();
			this.operation.complete("done, not interrupted");
		}
		catch (InterruptedException ex) {
			this.operation.complete("interrupted");
		}
		return "report";
	}

}
