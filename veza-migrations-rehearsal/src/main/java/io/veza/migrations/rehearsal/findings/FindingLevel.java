package io.veza.migrations.rehearsal.findings;

import java.util.Optional;

import io.veza.migrations.RehearsalFinding.Severity;

/**
 * A configured severity of findings, or off.
 */
public enum FindingLevel {

	/** It is not looked for. */
	OFF,

	/** Worth knowing. */
	ADVICE,

	/** To be settled before a release, or accepted with a reason. */
	WARNING,

	/** Breaks something in production. */
	ERROR;

	/**
	 * Return the severity.
	 * @return the severity, or empty if it is not looked for
	 */
	public Optional<Severity> severity() {
		return (this == OFF) ? Optional.empty() : Optional.of(Severity.valueOf(name()));
	}

}
