package io.veza.migrations.actuate.descriptor;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import io.veza.migrations.AppliedMigration;
import io.veza.migrations.HeldMigration;
import io.veza.migrations.Migration;
import io.veza.migrations.MigrationInfo;
import io.veza.migrations.sql.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * A migration in a list.
 *
 * @param version the version
 * @param description the description
 * @param author who wrote it, if its file says so
 * @param date when it was written, if its file says so
 * @param state where it stands
 * @param transactional whether its UP runs in one transaction, {@code null} without a
 * file
 * @param reversible whether it can be taken back as far as its file says, {@code null}
 * without a file
 * @param checksum the checksum that was stored, or else that of the file
 * @param appliedAt when it was applied: in UTC, or without a zone for a row of another
 * runner, which wrote the local time of the server
 * @param appliedBy who applied it
 * @param executionTimeMs how long it took
 * @param heldBy who rolled it back, {@code null} unless it is held
 * @param heldSince when it was rolled back, {@code null} unless it is held
 * @param heldReason why it was rolled back, {@code null} if nothing was said
 * @since 0.1.0
 */
public record MigrationDescriptor(String version, String description, @Nullable String author, @Nullable String date,
		String state, @Nullable Boolean transactional, @Nullable Boolean reversible, @Nullable String checksum,
		@Nullable String appliedAt, @Nullable String appliedBy, @Nullable Long executionTimeMs, @Nullable String heldBy,
		@Nullable String heldSince, @Nullable String heldReason) {

	private static final long MILLIS_PER_SECOND = 1000;

	static MigrationDescriptor of(MigrationInfo info) {
		Migration file = info.migration();
		AppliedMigration row = info.applied();
		HeldMigration held = info.held();
		return new MigrationDescriptor(info.version().text(), info.description(), (file != null) ? file.author() : null,
				(file != null) ? file.date() : null, info.state().id(),
				(file != null) ? file.up().transactional() : null, (file != null) ? file.reversible() : null,
				checksum(file, row), (row != null) ? appliedAt(row) : null, (row != null) ? row.appliedBy() : null,
				(row != null) ? executionTime(row) : null, (held != null) ? held.heldBy() : null,
				(held != null) ? held.since().toString() : null, (held != null) ? held.reason() : null);
	}

	private static @Nullable String checksum(@Nullable Migration file, @Nullable AppliedMigration row) {
		Checksum stored = (row != null) ? row.checksum() : null;
		if (stored != null) {
			return stored.value();
		}
		return (file != null) ? file.checksum().value() : null;
	}

	private static @Nullable String appliedAt(AppliedMigration row) {
		LocalDateTime time = row.appliedAt();
		if (time == null) {
			return null;
		}
		return isOurs(row) ? DateTimeFormatter.ISO_INSTANT.format(time.toInstant(ZoneOffset.UTC))
				: DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
	}

	private static @Nullable Long executionTime(AppliedMigration row) {
		Integer time = row.executionTime();
		if (time == null) {
			return null;
		}
		return isOurs(row) ? time.longValue() : time * MILLIS_PER_SECOND;
	}

	private static boolean isOurs(AppliedMigration row) {
		return row.appliedBy() != null;
	}

}
