package io.veza.migrations.actuate.descriptor;

import java.util.List;

import io.veza.migrations.RehearsalFinding;
import org.jspecify.annotations.Nullable;

/**
 * Something that a rehearsal has found in a migration.
 *
 * @param code its stable code
 * @param severity {@code advice}, {@code warning} or {@code error}
 * @param file the migration file
 * @param line the line, from 1
 * @param column the column, from 1
 * @param relation the table that it is about, {@code null} if it is about none
 * @param message what was found
 * @param consequence what happens in production
 * @param rewrite what to write instead
 * @param accepted why the file accepts it, {@code null} if it does not
 * @since 0.1.0
 */
public record FindingDescriptor(String code, String severity, String file, int line, int column,
		@Nullable String relation, String message, String consequence, String rewrite, @Nullable String accepted) {

	/**
	 * Describe findings.
	 * @param findings the findings
	 * @return the descriptors, in the same order
	 */
	public static List<FindingDescriptor> listOf(List<RehearsalFinding> findings) {
		return findings.stream()
			.map((finding) -> new FindingDescriptor(finding.code(), finding.severity().id(), finding.file(),
					finding.line(), finding.column(), finding.relation(), finding.message(), finding.consequence(),
					finding.rewrite(), finding.accepted()))
			.toList();
	}

}
