package io.veza.migrations.source;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

import io.veza.migrations.Migration;
import io.veza.migrations.sql.Checksum;
import io.veza.migrations.sql.MigrationSection;
import org.jspecify.annotations.Nullable;

/**
 * A source that begins to read the migration files in another thread, while the rest of
 * the application starts. Problems of the files are reported when the migrations are
 * asked for.
 */
public final class PrefetchingMigrationSource implements MigrationSource {

	private final ResourceMigrationSource source;

	private final AtomicReference<@Nullable FutureTask<DiscoveredMigrations>> prefetched;

	private PrefetchingMigrationSource(ResourceMigrationSource source, FutureTask<DiscoveredMigrations> prefetched) {
		this.source = source;
		this.prefetched = new AtomicReference<>(prefetched);
	}

	/**
	 * Begin to read.
	 * @param source the source that reads the files
	 * @param executor the executor that runs it in another thread
	 * @return the source, whose first {@link #load} returns the files that are being read
	 */
	public static PrefetchingMigrationSource of(ResourceMigrationSource source, Executor executor) {
		FutureTask<DiscoveredMigrations> prefetched = new FutureTask<>(source::find);
		executor.execute(prefetched);
		return new PrefetchingMigrationSource(source, prefetched);
	}

	@Override
	public List<Migration> load() {
		return load(Set.of());
	}

	@Override
	public List<Migration> load(Set<Checksum> applied) {
		FutureTask<DiscoveredMigrations> task = this.prefetched.getAndSet(null);
		return (task != null) ? await(task).load(applied) : this.source.load(applied);
	}

	private DiscoveredMigrations await(FutureTask<DiscoveredMigrations> task) {
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
