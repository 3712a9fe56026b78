package io.veza.migrations.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.veza.migrations.HeldMigration;
import io.veza.migrations.MigrationVersion;

/**
 * Migrations that are pending or held where none may be.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class PendingMigrationsException extends MigrationException {

	private static final String APPLY = "Apply them from a process that runs with veza.migrations.mode=migrate, "
			+ "then start again. To wait for that process instead, set veza.migrations.mode=wait.";

	private static final String RELEASE = "Correct the UP of what is held, or release it from a process that runs with "
			+ "veza.migrations.mode=migrate and veza.migrations.release-held=true, then start again. "
			+ "To start all the same, set veza.migrations.mode=wait, for which held migrations are settled.";

	private final List<MigrationVersion> versions;

	private final List<HeldMigration> held;

	/**
	 * Create a new instance.
	 * @param versions the pending versions, without those that are held
	 * @param held what was rolled back
	 */
	public PendingMigrationsException(List<MigrationVersion> versions, List<HeldMigration> held) {
		super(String.join(" ", sentences(versions, held)), null);
		this.versions = List.copyOf(versions);
		this.held = List.copyOf(held);
	}

	/**
	 * Create a new instance for a database in which nothing was rolled back.
	 * @param versions the pending versions
	 */
	public PendingMigrationsException(List<MigrationVersion> versions) {
		this(versions, List.of());
	}

	/**
	 * Return what is pending.
	 * @return the versions in their order, without those that are held
	 */
	public List<MigrationVersion> versions() {
		return this.versions;
	}

	/**
	 * Return what was rolled back and waits to be released.
	 * @return how each of them was rolled back, in the order of the versions
	 */
	public List<HeldMigration> held() {
		return this.held;
	}

	@Override
	public String description() {
		List<String> sentences = new ArrayList<>();
		if (!this.versions.isEmpty()) {
			sentences.add(pending(this.versions));
		}
		if (!this.held.isEmpty()) {
			sentences.add(this.held.size() + " migration(s) are held: "
					+ this.held.stream()
						.map((rolledBack) -> "\"" + rolledBack.version() + "\" " + rolledBack.story())
						.collect(Collectors.joining(", "))
					+ ".");
		}
		return "veza.migrations.mode is validate, and " + String.join(" ", sentences);
	}

	@Override
	public Optional<String> action() {
		return Optional.of(this.held.isEmpty() ? APPLY : RELEASE);
	}

	@Override
	public FailureType type() {
		return FailureType.REFUSED;
	}

	@Override
	public int exitCode() {
		return 3;
	}

	private static List<String> sentences(List<MigrationVersion> versions, List<HeldMigration> held) {
		List<String> sentences = new ArrayList<>();
		if (!versions.isEmpty()) {
			sentences.add(pending(versions));
		}
		held.forEach((rolledBack) -> sentences
			.add("Version \"" + rolledBack.version() + "\" is held: it " + rolledBack.story() + "."));
		sentences.add(held.isEmpty() ? "Apply them from a process that runs with veza.migrations.mode=migrate."
				: "Correct the UP of what is held, or release it from a process that runs with "
						+ "veza.migrations.mode=migrate and veza.migrations.release-held=true.");
		return sentences;
	}

	private static String pending(List<MigrationVersion> versions) {
		return versions.stream()
			.map((version) -> "\"" + version + "\"")
			.collect(Collectors.joining(", ", versions.size() + " migration(s) are pending: ", "."));
	}

}
