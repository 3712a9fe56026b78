package io.veza.migrations;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * All that is known of one migration.
 *
 * @param info where it stands
 * @param up the text of the UP, {@code null} if this application does not have the file
 * @param down the text of the DOWN that a rollback would run, {@code null} if there is
 * none
 * @param downSource where the DOWN comes from, {@code null} if there is none
 * @param rehearsal what is known of it from a rehearsal before its release, {@code null}
 * if nothing is
 * @param events what happened to it, oldest first
 * @since 0.1.0
 */
public record MigrationDetails(MigrationInfo info, @Nullable String up, @Nullable String down,
		PlanStep.@Nullable Source downSource, @Nullable KnownRehearsal rehearsal, List<MigrationEvent> events) {

	public MigrationDetails {
		events = List.copyOf(events);
	}

}
