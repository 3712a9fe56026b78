package io.veza.migrations.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.MigrationInfo;
import io.veza.migrations.MigrationOperation;
import io.veza.migrations.MigrationState;
import io.veza.migrations.MigrationVersion;
import io.veza.migrations.PlanProblem;
import io.veza.migrations.request.RepairRequest;

/**
 * The actions of a repair, one for each version that it names, in words.
 */
final class RepairPlanActions {

	private final MigrationStates states;

	private final Set<MigrationVersion> namedTwice = new HashSet<>();

	private final PlanProblemCollector<PlanProblem> problems = new PlanProblemCollector<>();

	private final PlanProblemCollector<String> descriptions = new PlanProblemCollector<>();

	RepairPlanActions(MigrationStates states) {
		this.states = states;
	}

	List<PlanProblem> problems() {
		return this.problems.toList();
	}

	List<String> descriptions() {
		return this.descriptions.toList();
	}

	void checkNames(RepairRequest request) {
		Set<MigrationVersion> named = new HashSet<>();
		Stream
			.of(request.acceptChanged(), request.acceptRenamed(), request.markApplied(), request.markPending(),
					request.removeMissing())
			.flatMap(Set::stream)
			.filter((version) -> !named.add(version))
			.filter(this.namedTwice::add)
			.forEach((version) -> this.problems.add(version, new PlanProblem.NamedTwice(version)));
		if (named.isEmpty()) {
			this.problems.add(new PlanProblem.NothingNamed());
		}
	}

	/**
	 * Check that what becomes applied has a file here, from which its history row is
	 * made.
	 * @param request the request
	 */
	void checkFiles(RepairRequest request) {
		this.states.pending()
			.stream()
			.filter((info) -> info.migration() == null)
			.map(MigrationInfo::version)
			.filter(request.markApplied()::contains)
			.forEach((version) -> this.problems.add(version,
					new PlanProblem.UnknownTarget(version, MigrationOperation.REPAIR)));
	}

	/**
	 * Describe how rows follow their renamed files. A row cannot follow its file and be
	 * removed.
	 * @param request the request
	 */
	void moveRenamed(RepairRequest request) {
		RenamedMigrationFiles renamed = RenamedMigrationFiles.of(this.states);
		for (MigrationVersion version : request.acceptRenamed()) {
			renamed.find(version)
				.map(AppliedMigration::version)
				.filter(request.removeMissing()::contains)
				.ifPresent((row) -> this.problems.add(row, new PlanProblem.NamedTwice(row)));
			if (!this.namedTwice.contains(version)) {
				renamed.find(version)
					.ifPresentOrElse(
							(row) -> this.descriptions.add(version,
									"Version \"" + row.version() + "\" (" + row.description() + ") becomes version \""
											+ version + "\": its history row takes the name, "
											+ "the checksums and the DOWN of the file."),
							() -> this.problems.add(version, new PlanProblem.NothingToRepair(version, "renamed")));
			}
		}
	}

	void settle(Set<MigrationVersion> versions, MigrationState needed, Function<MigrationInfo, String> action) {
		for (MigrationVersion version : versions) {
			if (!this.namedTwice.contains(version)) {
				settle(version, needed, action);
			}
		}
	}

	private void settle(MigrationVersion version, MigrationState needed, Function<MigrationInfo, String> action) {
		Stream.concat(this.states.applied().stream(), this.states.pending().stream())
			.filter((info) -> info.version().equals(version) && info.state() == needed)
			.findFirst()
			.ifPresentOrElse((info) -> this.descriptions.add(version, action.apply(info)),
					() -> this.problems.add(version, new PlanProblem.NothingToRepair(version, needed.id())));
	}

	static String acceptChanged(MigrationInfo info) {
		return "Version \"" + info.version() + "\" takes the checksums and the DOWN of \""
				+ Objects.requireNonNull(info.migration()).file() + "\" as those that were applied.";
	}

	static String markApplied(MigrationInfo info) {
		return "Version \"" + info.version() + "\" " + ((info.applied() != null) ? "stays" : "becomes") + " applied: "
				+ (isRollback(info) ? "what was done of its rollback was undone by hand."
						: "what was missing of its migration was done by hand.");
	}

	static String markPending(MigrationInfo info) {
		return "Version \"" + info.version() + "\" becomes pending: "
				+ (isRollback(info) ? "what was missing of its rollback was done by hand."
						: "what was done of its migration was undone by hand.");
	}

	static String removeMissing(MigrationInfo info) {
		return "Version \"" + info.version() + "\" (" + info.description()
				+ ") loses its history row and the DOWN that is stored in it.";
	}

	private static boolean isRollback(MigrationInfo info) {
		return Objects.requireNonNull(info.progress()).operation() == MigrationOperation.ROLLBACK;
	}

}
