package io.veza.migrations.source;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.veza.migrations.Checksum;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationSection;

/**
 * Reads the migration files for the first time while the rest of the application starts,
 * so that they are there when it is ready. What is wrong with them is told when they are
 * asked for.
 */
public final class EarlyMigrationSource implements MigrationSource {

	private final ResourceMigrationSource source;

	private final AtomicReference<@Nullable FutureTask<FoundMigrations>> early;

	private EarlyMigrationSource(ResourceMigrationSource source, FutureTask<FoundMigrations> early) {
		this.source = source;
		this.early = new AtomicReference<>(early);
	}

	/**
	 * Begin to read.
	 * @param source where to read
	 * @param executor what reads, in another thread
	 * @return the source, whose first {@link #load} returns what is being read
	 */
	public static EarlyMigrationSource of(ResourceMigrationSource source, Executor executor) {
		FutureTask<FoundMigrations> early = new FutureTask<>(source::find);
		executor.execute(early);
		return new EarlyMigrationSource(source, early);
	}

	@Override
	public List<Migration> load() {
		return load(Set.of());
	}

	@Override
	public List<Migration> load(Set<Checksum> applied) {
		FutureTask<FoundMigrations> task = this.early.getAndSet(null);
		return (task != null) ? await(task).load(applied) : this.source.load(applied);
	}

	private FoundMigrations await(FutureTask<FoundMigrations> task) {
		try {
			return task.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return this.source.find();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException failure) {
				throw failure;
			}
			if (ex.getCause() instanceof Error error) {
				throw error;
			}
			throw new IllegalStateException("The migration files could not be read", ex.getCause());
		}
	}

	@Override
	public MigrationSection parseDown(String sql, String label) {
		return this.source.parseDown(sql, label);
	}

}
