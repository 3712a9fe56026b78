package io.veza.migrations.fleet;

import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.testsupport.JavaProcess;
import io.veza.migrations.testsupport.MigrationFolder;
import io.veza.migrations.testsupport.TestDatabase;

/**
 * Processes that migrate one database at once.
 */
final class Fleet implements AutoCloseable {

	/** Small and quick to start. */
	private static final List<String> OPTIONS = List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

	private final TestDatabase database;

	private final List<JavaProcess> replicas = new ArrayList<>();

	Fleet(TestDatabase database) {
		this.database = database;
	}

	/**
	 * Add replicas, which stand by.
	 * @param count how many
	 * @param folder their migrations
	 * @return this fleet
	 */
	Fleet with(int count, MigrationFolder folder) {
		for (int i = 0; i < count; i++) {
			this.replicas
				.add(JavaProcess.start(Replica.class, OPTIONS, Replica.arguments("migrate", folder, this.database)));
		}
		return this;
	}

	/**
	 * Let all go at once, when the last one stands by.
	 * @return what each did
	 */
	List<ReplicaRun> run() {
		this.replicas.forEach((replica) -> replica.awaitLine(Replica.STANDING_BY));
		this.replicas.forEach((replica) -> replica.say(Replica.GO));
		return this.replicas.stream().map(ReplicaRun::await).toList();
	}

	@Override
	public void close() {
		this.replicas.forEach(JavaProcess::close);
	}

}
