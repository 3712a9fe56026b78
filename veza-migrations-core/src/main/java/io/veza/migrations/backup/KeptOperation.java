package io.veza.migrations.backup;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.veza.migrations.DataLoss.Kind;
import org.jspecify.annotations.Nullable;

/**
 * An operation of which something is kept in the database.
 *
 * @param id the operation
 * @param versions the versions that it rolled back
 * @param createdAt when
 * @param requestedBy who asked for it, {@code null} for the application
 * @param reason why, {@code null} if nothing was said
 * @param objects what is kept
 * @param bytes the size of all
 * @param restoredAt when it was restored, {@code null} if it was not
 * @param restoredBy who restored it, {@code null} for the application
 */
public record KeptOperation(UUID id, List<String> versions, Instant createdAt, @Nullable String requestedBy,
		@Nullable String reason, List<KeptObject> objects, long bytes, @Nullable Instant restoredAt,
		@Nullable String restoredBy) {

	public KeptOperation {
		versions = List.copyOf(versions);
		objects = List.copyOf(objects);
	}

	KeptOperation plus(KeptOperation other) {
		return new KeptOperation(this.id,
				Stream.concat(this.versions.stream(), other.versions.stream()).distinct().toList(), this.createdAt,
				this.requestedBy, this.reason, Stream.concat(this.objects.stream(), other.objects.stream()).toList(),
				this.bytes + other.bytes, this.restoredAt, this.restoredBy);
	}

	/**
	 * A table or sequence of which something is kept.
	 *
	 * @param kind what of it is kept
	 * @param name its name with its schema, quoted where needed
	 * @param columns the columns that are kept, empty if all are
	 * @param table the name of the table that holds them, {@code null} for a sequence
	 * @param rows how many rows
	 */
	public record KeptObject(Kind kind, String name, List<String> columns, @Nullable String table, long rows) {
	}

}
