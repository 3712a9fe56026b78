package io.veza.migrations.autoconfigure.command;

import io.veza.migrations.rehearsal.RehearsalReport;

/**
 * Rehearses the migrations of an application.
 */
interface RehearsalRun {

	/**
	 * Rehearse them.
	 * @return what was shown
	 */
	RehearsalReport run();

}
