package io.veza.migrations.actuate.descriptor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.veza.migrations.Migration;
import io.veza.migrations.PlanStep;
import io.veza.migrations.status.MigrationDetails;
import org.jspecify.annotations.Nullable;

/**
 * One migration with its SQL and its events.
 *
 * @param version see {@link MigrationDescriptor}
 * @param description see {@link MigrationDescriptor}
 * @param author see {@link MigrationDescriptor}
 * @param date see {@link MigrationDescriptor}
 * @param state see {@link MigrationDescriptor}
 * @param transactional see {@link MigrationDescriptor}
 * @param reversible see {@link MigrationDescriptor}
 * @param checksum see {@link MigrationDescriptor}
 * @param appliedAt see {@link MigrationDescriptor}
 * @param appliedBy see {@link MigrationDescriptor}
 * @param executionTimeMs see {@link MigrationDescriptor}
 * @param heldBy see {@link MigrationDescriptor}
 * @param heldSince see {@link MigrationDescriptor}
 * @param heldReason see {@link MigrationDescriptor}
 * @param up the text of the UP, {@code null} without a file
 * @param down the text of the DOWN that a rollback would run, {@code null} if there is
 * none
 * @param downSource {@code stored} or {@code file}, {@code null} without a DOWN
 * @param truncated whether a text was cut
 * @param rehearsal what is known of it from a rehearsal, {@code null} if nothing is
 * @param metadata the {@code -- Key: value} lines of the file, those of the UP first
 * @param events what happened to it, oldest first
 * @since 0.1.0
 */
public record MigrationDetailsDescriptor(String version, String description, @Nullable String author,
		@Nullable String date, String state, @Nullable Boolean transactional, @Nullable Boolean reversible,
		@Nullable String checksum, @Nullable String appliedAt, @Nullable String appliedBy,
		@Nullable Long executionTimeMs, @Nullable String heldBy, @Nullable String heldSince,
		@Nullable String heldReason, @Nullable String up, @Nullable String down, @Nullable String downSource,
		boolean truncated, @Nullable KnownRehearsalDescriptor rehearsal, Map<String, String> metadata,
		List<EventDescriptor> events) {

	/**
	 * Describe a migration.
	 * @param details all that is known of it
	 * @return the descriptor
	 */
	public static MigrationDetailsDescriptor of(MigrationDetails details) {
		MigrationDescriptor item = MigrationDescriptor.of(details.info());
		TruncatedText up = cut(details.up());
		TruncatedText down = cut(details.down());
		PlanStep.Source source = details.downSource();
		return new MigrationDetailsDescriptor(item.version(), item.description(), item.author(), item.date(),
				item.state(), item.transactional(), item.reversible(), item.checksum(), item.appliedAt(),
				item.appliedBy(), item.executionTimeMs(), item.heldBy(), item.heldSince(), item.heldReason(),
				(up != null) ? up.text() : null, (down != null) ? down.text() : null,
				(source != null) ? source.name().toLowerCase(Locale.ROOT) : null,
				(up != null && up.truncated()) || (down != null && down.truncated()),
				KnownRehearsalDescriptor.of(details.rehearsal()), metadata(details.info().migration()),
				details.events().stream().map(EventDescriptor::of).toList());
	}

	private static @Nullable TruncatedText cut(@Nullable String sql) {
		return (sql != null) ? TruncatedText.of(sql) : null;
	}

	private static Map<String, String> metadata(@Nullable Migration file) {
		Map<String, String> metadata = new LinkedHashMap<>();
		if (file != null) {
			metadata.putAll(file.up().metadata());
			file.down().metadata().forEach(metadata::putIfAbsent);
		}
		return metadata;
	}

}
