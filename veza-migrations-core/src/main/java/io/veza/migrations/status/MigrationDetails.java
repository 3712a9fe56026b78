package io.veza.migrations.status;

import java.util.List;

import io.veza.migrations.KnownRehearsal;
import io.veza.migrations.MigrationInfo;
import io.veza.migrations.PlanStep;
import org.jspecify.annotations.Nullable;

/**
 * The details of one migration.
 *
 * @param info the migration and its state
 * @param up the text of the UP, {@code null} if this application does not have the file
 * @param down the text of the DOWN that a rollback would run, {@code null} if there is
 * none
 * @param downSource the place that the DOWN comes from, {@code null} if there is none
 * @param rehearsal the result of its rehearsal, {@code null} if there is none
 * @param events the events of its history, oldest first
 * @since 0.1.0
 */
public record MigrationDetails(MigrationInfo info, @Nullable String up, @Nullable String down,
		PlanStep.@Nullable Source downSource, @Nullable KnownRehearsal rehearsal, List<MigrationEvent> events) {

	public MigrationDetails {
		events = List.copyOf(events);
	}

}
