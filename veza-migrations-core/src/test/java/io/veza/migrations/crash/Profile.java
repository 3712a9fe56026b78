package io.veza.migrations.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How long each phase of an undisturbed run took.
 *
 * @param durations the durations of the occurrences of a phase
 */
record Profile(Map<Phase, List<Duration>> durations) {

	/** How far from its end, and how long after it, the end of a phase is aimed at. */
	private static final long MARGIN = Duration.ofMillis(2).toNanos();

	static Profile of(List<PhaseLine> lines) {
		Map<Phase, List<Duration>> durations = new EnumMap<>(Phase.class);
		long begun = 0;
		for (PhaseLine line : lines) {
			if (line.ended()) {
				durations.computeIfAbsent(line.phase(), (phase) -> new ArrayList<>())
					.add(Duration.ofNanos(line.nanos() - begun));
			}
			begun = line.nanos();
		}
		return new Profile(durations);
	}

	boolean has(Phase phase) {
		return this.durations.containsKey(phase);
	}

	/**
	 * Aim at a phase: half of the time anywhere in it, otherwise at its end. What runs
	 * CONCURRENTLY is held half of the time.
	 * @param phase the phase, which the run has
	 * @param random chooses
	 * @return when to strike
	 */
	Target aim(Phase phase, RandomGenerator random) {
		List<Duration> occurrences = this.durations.get(phase);
		int index = random.nextInt(occurrences.size());
		long end = occurrences.get(index).toNanos();
		long from = random.nextBoolean() ? 0 : Math.max(0, end - MARGIN);
		boolean held = phase == Phase.CONCURRENTLY && random.nextBoolean();
		return new Target(phase, index + 1, Duration.ofNanos(random.nextLong(from, end + MARGIN)), held);
	}

}
