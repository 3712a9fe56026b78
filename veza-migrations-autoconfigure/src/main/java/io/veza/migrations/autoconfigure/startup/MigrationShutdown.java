package io.veza.migrations.autoconfigure.startup;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import io.veza.migrations.engine.Migrator;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * A shutdown that ends migrations when the application closes, before anything that they
 * need is closed.
 *
 * @since 0.1.0
 */
public final class MigrationShutdown implements ApplicationListener<ContextClosedEvent>, Ordered {

	private static final Duration LAST_WORD = Duration.ofSeconds(1);

	private final ApplicationContext context;

	private final Migrator migrator;

	private final ConditionPoller watch;

	private final ReentrantLock starting = new ReentrantLock();

	private volatile boolean begun;

	/**
	 * Create a new instance.
	 * @param context the context whose end counts
	 * @param migrator is closed, which cancels what it runs
	 * @param watch is closed, which ends what waits
	 */
	public MigrationShutdown(ApplicationContext context, Migrator migrator, ConditionPoller watch) {
		this.context = context;
		this.migrator = migrator;
		this.watch = watch;
	}

	/**
	 * Do what a start does, and end it early when the JVM is asked to end. While the
	 * context refreshes, Spring's own shutdown hook waits until it has refreshed; and the
	 * JVM ends as soon as all hooks have, whatever goes on in other threads.
	 * @param start what a start does
	 */
	public void guard(Runnable start) {
		Thread hook = new Thread(this::end, "veza-migrations-shutdown");
		if (!add(hook)) {
			this.begun = true;
			return;
		}
		this.starting.lock();
		try {
			start.run();
		}
		finally {
			this.starting.unlock();
			remove(hook);
		}
	}

	/**
	 * Return whether the application closes.
	 * @return whether it does
	 */
	public boolean hasBegun() {
		return this.begun;
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() == this.context) {
			end();
		}
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	private void end() {
		this.begun = true;
		this.watch.close();
		this.migrator.close();
		awaitLastWord();
	}

	/** The JVM does not wait for the thread that tells how the migrations ended. */
	private void awaitLastWord() {
		try {
			if (this.starting.tryLock(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS)) {
				this.starting.unlock();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static boolean add(Thread hook) {
		try {
			Runtime.getRuntime().addShutdownHook(hook);
			return true;
		}
		catch (IllegalStateException ex) {
			// the JVM ends already
			return false;
		}
	}

	private void remove(Thread hook) {
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (IllegalStateException ex) {
			// the JVM ends, although the hook may not have said so yet
			this.begun = true;
		}
	}

}
