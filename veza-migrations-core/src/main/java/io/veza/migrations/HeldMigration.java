package io.veza.migrations;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.veza.migrations.sql.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * A migration that was rolled back and is held: it is not applied again automatically.
 *
 * @param version the version as it was written
 * @param since the time of the rollback
 * @param requestedBy the person or account that asked for the rollback, {@code null} for
 * the application itself
 * @param databaseUser the user of the session that ran it
 * @param reason the reason, {@code null} if nothing was said
 * @param upChecksum the checksum of the UP that was rolled back, {@code null} if unknown
 * @since 0.1.0
 */
public record HeldMigration(MigrationVersion version, Instant since, @Nullable String requestedBy, String databaseUser,
		@Nullable String reason, @Nullable Checksum upChecksum) {

	/** The most characters of a reason that a message repeats. */
	private static final int MAX_REASON = 200;

	/**
	 * Return whether a file is what was rolled back; a changed UP is not.
	 * @param file the migration in the file
	 * @return whether it is held
	 */
	public boolean holds(Migration file) {
		return this.version.equals(file.version())
				&& (this.upChecksum == null || this.upChecksum.equals(file.upChecksum()));
	}

	/**
	 * Return whether a file under another name is what was rolled back. UPs without a
	 * statement are all alike.
	 * @param file the migration in the file
	 * @return whether it has the same UP
	 */
	public boolean hasUpOf(Migration file) {
		return file.upChecksum().equals(this.upChecksum) && file.up().statementCount() > 0;
	}

	/**
	 * Return who rolled it back.
	 * @return the person or account that asked, or else the user of the session
	 */
	public String heldBy() {
		return (this.requestedBy != null) ? this.requestedBy : this.databaseUser;
	}

	/**
	 * Return the story of the rollback.
	 * @return a clause that says who rolled it back, when and why
	 */
	public String story() {
		return storyOf(this.version);
	}

	/**
	 * Return the story of the rollback of a file, which may have got another name since.
	 * @param now the version of the file
	 * @return a clause that says who rolled it back, when and why
	 */
	public String storyOf(MigrationVersion now) {
		String name = now.equals(this.version) ? "" : " as version \"" + this.version + "\"";
		String why = (this.reason != null) ? " because of \"" + onOneLine(this.reason) + "\"" : "";
		return "was rolled back" + name + " by \"" + heldBy() + "\" at " + this.since.truncatedTo(ChronoUnit.SECONDS)
				+ why;
	}

	private static String onOneLine(String text) {
		String line = text.strip().replaceAll("\\s+", " ");
		return (line.length() <= MAX_REASON) ? line : line.substring(0, MAX_REASON) + "…";
	}

}
