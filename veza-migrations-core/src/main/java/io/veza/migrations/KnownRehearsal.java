package io.veza.migrations;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.veza.migrations.sql.Checksum;

/**
 * The result of the rehearsal of a migration before its release.
 *
 * @param version the version
 * @param checksum the checksum of the file that was rehearsed
 * @param upChecksum the checksum of its UP
 * @param downChecksum the checksum of its DOWN
 * @param reversibility whether its DOWN restores the schema
 * @param differences the differences that remain after the DOWN, or the reason why it
 * fails, in words
 * @param findings the findings of the rehearsal
 * @since 0.1.0
 */
public record KnownRehearsal(MigrationVersion version, Checksum checksum, Checksum upChecksum, Checksum downChecksum,
		Reversibility reversibility, List<String> differences, List<RehearsalFinding> findings) {

	private static final int MAX_DESCRIBED = 20;

	public KnownRehearsal {
		differences = List.copyOf(differences);
		findings = List.copyOf(findings);
	}

	/**
	 * Return whether a migration is the one that was rehearsed. The comments and the
	 * white space of its UP do not count.
	 * @param migration the migration
	 * @return whether both are the same
	 */
	public boolean isOf(Migration migration) {
		return this.version.equals(migration.version())
				&& (this.checksum.equals(migration.checksum()) || (this.upChecksum.equals(migration.upChecksum())
						&& this.downChecksum.equals(migration.downChecksum())));
	}

	/**
	 * Return the known defect of the DOWN.
	 * @return words to be read after "its DOWN", or empty if nothing is known
	 */
	public Optional<String> obstacle() {
		return switch (this.reversibility) {
			case NO -> Optional.of("does not restore the schema" + describeDifferences());
			case DOWN_FAILED -> Optional.of("fails" + describeDifferences());
			case EXACT, EXCEPT_COLUMN_ORDER, EXCEPT_WHITE_SPACE, UP_FAILED -> Optional.empty();
		};
	}

	private String describeDifferences() {
		if (this.differences.isEmpty()) {
			return ".";
		}
		String lines = this.differences.stream()
			.limit(MAX_DESCRIBED)
			.map((difference) -> "\n  " + difference.replace("\n", "\n  "))
			.collect(Collectors.joining("", ":", ""));
		int more = this.differences.size() - MAX_DESCRIBED;
		return (more > 0) ? lines + "\n  and " + more + " more" : lines;
	}

}
