package io.veza.migrations.testsupport;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import javax.sql.DataSource;

import io.veza.migrations.LockRetry;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationReport;
import io.veza.migrations.engine.MigrationListener;
import io.veza.migrations.engine.Migrator;
import io.veza.migrations.engine.options.MigratorOptions;
import io.veza.migrations.request.MigrateRequest;
import io.veza.migrations.status.RunningOperation;
import org.awaitility.Awaitility;

/**
 * A run that is looked at while it is under way.
 */
public final class BackgroundRun implements MigrationListener {

	private final List<LockRetry> retries = new CopyOnWriteArrayList<>();

	private final Migrator migrator;

	private final CompletableFuture<MigrationReport> report;

	private BackgroundRun(MigrationFolder folder, DataSource dataSource, MigratorOptions options,
			MigrationListener listener) {
		this.migrator = Migrators.migrator(folder, dataSource, options, this, listener);
		this.report = CompletableFuture.supplyAsync(() -> this.migrator.migrate(MigrateRequest.all()));
	}

	/**
	 * Start to apply what is pending.
	 * @param folder the files
	 * @param dataSource where
	 * @return the run
	 */
	public static BackgroundRun migrate(MigrationFolder folder, DataSource dataSource) {
		return migrate(folder, dataSource, MigratorOptions.defaults(), new MigrationListener() {
		});
	}

	/**
	 * Start to apply what is pending.
	 * @param folder the files
	 * @param dataSource where
	 * @param options how
	 * @param listener is told, too
	 * @return the run
	 */
	public static BackgroundRun migrate(MigrationFolder folder, DataSource dataSource, MigratorOptions options,
			MigrationListener listener) {
		return new BackgroundRun(folder, dataSource, options, listener);
	}

	@Override
	public void onLockRetry(MigrationOperation operation, LockRetry retry) {
		this.retries.add(retry);
	}

	/**
	 * Wait until a migration has stepped back.
	 * @param count how often
	 * @return the last of these retries
	 */
	public LockRetry retry(int count) {
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> this.retries.size() >= count);
		return this.retries.get(count - 1);
	}

	/**
	 * Wait until the run is somewhere.
	 * @param condition says where
	 * @return where it is
	 */
	public RunningOperation awaitRunning(Predicate<RunningOperation> condition) {
		return Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> this.migrator.running().filter(condition), (running) -> running.isPresent())
			.orElseThrow();
	}

	public List<LockRetry> retries() {
		return this.retries;
	}

	/**
	 * Wait until the run has ended.
	 * @return what it did
	 */
	public MigrationReport join() {
		return this.report.join();
	}

}
