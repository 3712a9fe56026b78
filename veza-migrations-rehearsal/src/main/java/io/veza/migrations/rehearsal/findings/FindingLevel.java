package io.veza.migrations.rehearsal;

import java.util.Optional;

import io.veza.migrations.Finding.Severity;

/**
 * How much a finding is to matter.
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
