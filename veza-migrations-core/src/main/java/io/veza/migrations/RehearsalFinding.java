package io.veza.migrations;

import java.util.Locale;

import io.veza.migrations.sql.SourceExcerpt;
import org.jspecify.annotations.Nullable;

/**
 * A finding of a rehearsal about a migration.
 *
 * @param code its stable code, such as {@code index-blocks-writes}
 * @param severity its severity
 * @param file the migration file as people know it
 * @param line the line, from 1
 * @param column the column, from 1
 * @param relation the table that it is about, {@code null} if it is about none
 * @param message the finding in words, with the names
 * @param consequence the consequence in production
 * @param rewrite the SQL or the directive to write instead
 * @param accepted the reason why the file accepts it, {@code null} if it does not
 * @since 0.1.0
 */
public record RehearsalFinding(String code, Severity severity, String file, int line, int column,
		@Nullable String relation, String message, String consequence, String rewrite, @Nullable String accepted) {

	/**
	 * Return whether it is at least so severe, and no file accepts it.
	 * @param severity the severity
	 * @return whether it is
	 */
	public boolean isAtLeast(Severity severity) {
		return this.accepted == null && this.severity.compareTo(severity) >= 0;
	}

	/**
	 * Return this finding with another severity.
	 * @param severity the severity
	 * @return the finding
	 */
	public RehearsalFinding with(Severity severity) {
		return new RehearsalFinding(this.code, severity, this.file, this.line, this.column, this.relation, this.message,
				this.consequence, this.rewrite, this.accepted);
	}

	/**
	 * Return this finding as one that the file accepts.
	 * @param reason the reason
	 * @return the finding
	 */
	public RehearsalFinding acceptedFor(String reason) {
		return new RehearsalFinding(this.code, this.severity, this.file, this.line, this.column, this.relation,
				this.message, this.consequence, this.rewrite, reason);
	}

	/**
	 * Return the finding in words.
	 * @return the place, the severity and the code, then the finding, its consequence and
	 * the rewrite
	 */
	public String describe() {
		return SourceExcerpt.locate(this.file, this.line, this.column) + ": " + this.severity.id() + " " + this.code
				+ "\n  " + this.message + "\n  " + this.consequence + "\n  Instead:\n    "
				+ this.rewrite.replace("\n", "\n    ");
	}

	/**
	 * The severity of a finding, from the least to the most severe.
	 */
	public enum Severity {

		/** Worth knowing. */
		ADVICE,

		/** To be settled before a release, or accepted with a reason. */
		WARNING,

		/** Breaks something in production. */
		ERROR;

		/**
		 * Return the word for it in JSON and messages.
		 * @return the lower-case name
		 */
		public String id() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
