package io.veza.migrations.crash;

import java.time.Duration;

/**
 * When to strike.
 *
 * @param phase in which phase
 * @param occurrence in which of its occurrences, from 1
 * @param delay how long after it was announced
 * @param held whether an old transaction keeps the phase from ending
 */
record Target(Phase phase, int occurrence, Duration delay, boolean held) {

	/**
	 * Return this target in the first occurrence of its phase.
	 * @return the target for a start that continues what was struck
	 */
	Target first() {
		return new Target(this.phase, 1, this.delay, this.held);
	}

	@Override
	public String toString() {
		return "%.1f ms after %s no. %d began%s".formatted(this.delay.toNanos() / 1e6, this.phase.id(), this.occurrence,
				this.held ? ", beside an old transaction" : "");
	}

}
