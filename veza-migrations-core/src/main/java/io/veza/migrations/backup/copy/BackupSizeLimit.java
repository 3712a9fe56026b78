package io.veza.migrations.backup;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import io.veza.migrations.BackupFailedException;

/**
 * How large a backup may be.
 *
 * @param bytes the number of bytes
 */
record SizeLimit(long bytes) {

	private static final int NAMED = 5;

	/**
	 * Refuse a backup that is too large.
	 * @param parts its tables
	 * @param verb how the size is known, as a part of a message
	 * @throws BackupFailedException if it is
	 */
	void require(List<Part> parts, String verb) {
		long total = parts.stream().mapToLong(Part::bytes).sum();
		if (total > this.bytes) {
			String largest = parts.stream()
				.sorted(Comparator.comparingLong(Part::bytes).reversed())
				.limit(NAMED)
				.map((part) -> "\"%s\" %s".formatted(part.name(), new ByteSize(part.bytes())))
				.collect(Collectors.joining(", "));
			throw BackupFailures.withOtherModes(
					"The backup %s %s (%s), but veza.migrations.backup.max-size is %s.".formatted(verb,
							new ByteSize(total), largest, new ByteSize(this.bytes)),
					"Raise veza.migrations.backup.max-size.", null);
		}
	}

	/**
	 * A table of a backup.
	 *
	 * @param name the name of what is kept
	 * @param bytes its size
	 */
	record Part(String name, long bytes) {
	}

}
