package io.veza.migrations.request;

import io.veza.migrations.BackupMode;
import io.veza.migrations.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * A request to roll back the latest migrations.
 *
 * @param count the number of migrations, {@code null} if {@code to} is given
 * @param to the version that becomes the newest applied one and stays, {@code null} if
 * {@code count} is given
 * @param backup the way to keep the data that it destroys, {@code null} for the
 * configured one
 * @param force whether it runs although a rehearsal has shown that it does not restore
 * @param origin the origin of the request, for the audit log
 * @since 0.1.0
 */
public record RollbackRequest(@Nullable Integer count, @Nullable MigrationVersion to, @Nullable BackupMode backup,
		boolean force, RequestOrigin origin) {

	public RollbackRequest {
		if ((count == null) == (to == null)) {
			throw new IllegalArgumentException(
					"Exactly one of \"count\" and \"to\" is needed. Give how many to take back, or the version that stays.");
		}
		if (count != null && count < 1) {
			throw new IllegalArgumentException("\"count\" is " + count + ". Give a number of at least 1.");
		}
	}

	/**
	 * Return the wish to roll back the latest ones.
	 * @param count the number of migrations
	 * @param origin the origin of the request, for the audit log
	 * @return the request
	 * @throws IllegalArgumentException if the count is less than 1
	 */
	public static RollbackRequest latest(int count, RequestOrigin origin) {
		return new RollbackRequest(count, null, null, false, origin);
	}

	/**
	 * Return the wish to roll back everything that was applied after a version.
	 * @param version the version that stays
	 * @param origin the origin of the request, for the audit log
	 * @return the request
	 */
	public static RollbackRequest downTo(MigrationVersion version, RequestOrigin origin) {
		return new RollbackRequest(null, version, null, false, origin);
	}

	/**
	 * Return this request with another backup than the configured one.
	 * @param mode the way to keep the data that it destroys
	 * @return the request
	 */
	public RollbackRequest with(BackupMode mode) {
		return new RollbackRequest(this.count, this.to, mode, this.force, this.origin);
	}

	/**
	 * Return this request so that it runs although a rehearsal has shown that it does not
	 * restore.
	 * @return the request
	 */
	public RollbackRequest forced() {
		return new RollbackRequest(this.count, this.to, this.backup, true, this.origin);
	}

}
