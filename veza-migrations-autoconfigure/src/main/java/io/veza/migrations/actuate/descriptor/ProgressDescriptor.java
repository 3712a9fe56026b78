package io.veza.migrations.actuate.descriptor;

import io.veza.migrations.status.ServerProgress;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a statement, as PostgreSQL itself tells it.
 *
 * @param command the command, such as {@code CREATE INDEX CONCURRENTLY}
 * @param phase what it does now, {@code null} for a command without phases
 * @param done how much of the phase is done
 * @param total how much there is to do in the phase, {@code null} if that is not known
 * @param unit what is counted: {@code blocks}, {@code tuples}, {@code bytes} or
 * {@code lockers}
 * @since 0.1.0
 */
public record ProgressDescriptor(String command, @Nullable String phase, long done, @Nullable Long total, String unit) {

	static ProgressDescriptor of(ServerProgress progress) {
		return new ProgressDescriptor(progress.command(), progress.phase(), progress.done(),
				(progress.total() > 0) ? progress.total() : null, progress.unit());
	}

}
