package io.veza.migrations.backup.copy;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The largest size that a backup may have.
 *
 * @param bytes the number of bytes
 */
record BackupSizeLimit(long bytes) {

	private static final int NAMED = 5;

	/**
	 * Refuse a backup that is too large.
	 * @param parts its tables
	 * @param verb how the size is known, as a part of a message
	 * @throws io.veza.migrations.failure.BackupFailedException if it is
	 */
	void require(List<SizedPart> parts, String verb) {
		long total = parts.stream().mapToLong(SizedPart::bytes).sum();
		if (total > this.bytes) {
			String largest = parts.stream()
				.sorted(Comparator.comparingLong(SizedPart::bytes).reversed())
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
	record SizedPart(String name, long bytes) {
	}

}
