package io.veza.migrations.catalog;

import java.util.List;

import io.veza.migrations.ServerSession;
import io.veza.migrations.status.ServerProgress;
import org.jspecify.annotations.Nullable;

/**
 * The activity of a session at one moment.
 *
 * @param query the text that it executes, of which PostgreSQL keeps the first
 * {@code track_activity_query_size} bytes, {@code null} if it executes nothing
 * @param waitsFor what it waits for, as a phrase, {@code null} if it waits for no lock
 * @param blockers who keeps it waiting, those with the oldest transactions first, empty
 * if it waits for no lock
 * @param progress how far its command is, {@code null} if PostgreSQL does not tell
 */
public record SessionActivity(@Nullable String query, @Nullable String waitsFor, List<ServerSession> blockers,
		@Nullable ServerProgress progress) {

	public SessionActivity {
		blockers = List.copyOf(blockers);
	}

}
