package io.veza.migrations.benchmarks.runner.scenario;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

import io.veza.migrations.benchmarks.probe.Operation;
import io.veza.migrations.benchmarks.probe.Target;
import io.veza.migrations.benchmarks.runner.process.Contender;
import io.veza.migrations.benchmarks.runner.process.Layout;
import io.veza.migrations.benchmarks.runner.process.Processes;
import io.veza.migrations.benchmarks.runner.server.Databases;
import io.veza.migrations.benchmarks.runner.server.Server;

/**
 * Where and with what is measured.
 */
public final class Bench {

	private final Path home;

	private final Path scratch;

	private final Server server;

	private final Databases databases;

	private final Processes processes;

	private final boolean quick;

	private final IntUnaryOperator rounds;

	private final Set<Contender> contenders;

	private final long start = System.nanoTime();

	private final Map<String, String> prepared = new HashMap<>();

	/**
	 * Create a new instance.
	 * @param home the folder of the benchmarks
	 * @param scratch a folder for files that are not kept
	 * @param server the server
	 * @param processes starts what is measured
	 * @param quick whether few measurements are enough
	 * @param rounds how many rounds, of how many ordinarily
	 * @param contenders who is measured
	 */
	public Bench(Path home, Path scratch, Server server, Processes processes, boolean quick, IntUnaryOperator rounds,
			Set<Contender> contenders) {
		this.home = home;
		this.scratch = scratch;
		this.server = server;
		this.databases = new Databases(server);
		this.processes = processes;
		this.quick = quick;
		this.rounds = rounds;
		this.contenders = Set.copyOf(contenders);
	}

	/**
	 * Return the folder of the benchmarks.
	 * @return the folder
	 */
	public Path home() {
		return this.home;
	}

	/**
	 * Return where to write what is not kept.
	 * @return a folder
	 */
	public Path scratch() {
		return this.scratch;
	}

	/**
	 * Return the server that is measured on.
	 * @return the server
	 */
	public Server server() {
		return this.server;
	}

	/**
	 * Return what creates databases.
	 * @return the databases
	 */
	public Databases databases() {
		return this.databases;
	}

	/**
	 * Return what starts processes.
	 * @return the processes
	 */
	public Processes processes() {
		return this.processes;
	}

	/**
	 * Return whether few measurements are enough.
	 * @return whether to be quick
	 */
	public boolean isQuick() {
		return this.quick;
	}

	/**
	 * Return how often something is repeated in new processes.
	 * @param ordinary how often, if nothing else is asked for
	 * @return the number of rounds
	 */
	public int rounds(int ordinary) {
		return this.rounds.applyAsInt(ordinary);
	}

	/**
	 * Return whether someone is to be measured.
	 * @param contender who
	 * @return whether it takes part
	 */
	public boolean includes(Contender contender) {
		return this.contenders.contains(contender);
	}

	/**
	 * Return a folder with migrations.
	 * @param layout how a tool wants them
	 * @param count how many
	 * @return the folder
	 * @throws Exception if they cannot be written
	 */
	public Path files(Layout layout, int count) throws Exception {
		Path folder = this.scratch.resolve(layout.name().toLowerCase(Locale.ROOT) + "-" + count);
		return Files.exists(folder) ? folder : layout.writeAll(folder, count);
	}

	/**
	 * Return a database that a tool has migrated by itself, in an earlier process.
	 * @param contender the tool
	 * @param count how many migrations it has applied
	 * @return the name of the database, which must not be changed
	 * @throws Exception if the tool fails
	 */
	public String prepared(Contender contender, int count) throws Exception {
		String key = contender.name() + count;
		String known = this.prepared.get(key);
		if (known != null) {
			return known;
		}
		progress("preparing " + count + " migrations of " + contender.label());
		String name = this.databases.createHasty();
		this.processes.run(contender, Operation.migrate(files(contender.layout(), count)),
				List.of(this.server.database(name)));
		this.databases.slowDown(name);
		this.databases.requireTables(name, count);
		this.prepared.put(key, name);
		return name;
	}

	/**
	 * Return databases of the server.
	 * @param names their names
	 * @return the databases
	 */
	public List<Target> targets(List<String> names) {
		return names.stream().map(this.server::database).toList();
	}

	/**
	 * Say what is going on.
	 * @param text what
	 */
	public void progress(String text) {
		System.err.printf("benchmarks: %3d s: %s%n", (System.nanoTime() - this.start) / 1_000_000_000, text);
	}

	/**
	 * Drop what was prepared.
	 * @throws SQLException if it fails
	 */
	public void clear() throws SQLException {
		for (String name : new ArrayList<>(this.prepared.values())) {
			this.databases.drop(name);
		}
		this.prepared.clear();
	}

}
