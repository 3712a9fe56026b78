package io.veza.migrations.crash;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Where a strike hit a run.
 *
 * @param strike what struck
 * @param phase the phase that was announced last, {@code null} if none was
 * @param moment where in it
 */
record Hit(Strike strike, @Nullable Phase phase, Moment moment) {

	/** So shortly after a phase still counts as around it. */
	private static final long AROUND = Duration.ofMillis(5).toNanos();

	/**
	 * Return where a strike hit.
	 * @param strike what struck
	 * @param lines what the process announced before it died or was hit
	 * @param nanos when it was struck
	 * @return the hit
	 */
	static Hit of(Strike strike, List<PhaseLine> lines, long nanos) {
		if (lines.isEmpty()) {
			return new Hit(strike, null, Moment.LATER);
		}
		PhaseLine last = lines.get(lines.size() - 1);
		if (!last.ended()) {
			return new Hit(strike, last.phase(), Moment.IN_IT);
		}
		return new Hit(strike, last.phase(), (nanos - last.nanos() <= AROUND) ? Moment.JUST_AFTER : Moment.LATER);
	}

	/** Whether it hit a phase, or the moments after it. */
	boolean around(Phase phase) {
		return this.phase == phase && this.moment != Moment.LATER;
	}

	/**
	 * Where in a phase.
	 */
	enum Moment {

		/** It had been announced, and not as ended. */
		IN_IT,

		/** It had ended a few milliseconds before. */
		JUST_AFTER,

		/** It had ended, and nothing else had begun. */
		LATER

	}

}
