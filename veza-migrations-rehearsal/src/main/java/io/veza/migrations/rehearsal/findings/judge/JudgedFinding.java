package io.veza.migrations.rehearsal.findings.judge;

import io.veza.migrations.RehearsalFinding;
import io.veza.migrations.rehearsal.findings.FindingCode;

/**
 * A finding with its code and its place, which decide which directives accept it.
 *
 * @param code its code
 * @param place where it is
 * @param finding the finding
 */
record JudgedFinding(FindingCode code, Place place, RehearsalFinding finding) {

	/**
	 * Return this finding as one that the file accepts, unless it is accepted already.
	 * @param reason why
	 * @return the finding
	 */
	JudgedFinding accepted(String reason) {
		return (this.finding.accepted() != null) ? this
				: new JudgedFinding(this.code, this.place, this.finding.acceptedFor(reason));
	}

	/**
	 * The place of a finding.
	 */
	enum Place {

		/** In the UP. */
		UP("UP"),

		/** In the DOWN. */
		DOWN("DOWN"),

		/** In both, or in how they go together. */
		MIGRATION("migration");

		private final String words;

		Place(String words) {
			this.words = words;
		}

		/**
		 * Return whether the acceptances of a section cover what is here.
		 * @param section the section
		 * @return whether they do
		 */
		boolean isCoveredBy(Place section) {
			return this == section || this == MIGRATION;
		}

		String words() {
			return this.words;
		}

	}

}
