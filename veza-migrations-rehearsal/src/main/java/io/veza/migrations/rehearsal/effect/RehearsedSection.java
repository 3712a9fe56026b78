package io.veza.migrations.rehearsal.effect;

import java.time.Duration;
import java.util.List;

import io.veza.migrations.CatalogDifference;
import io.veza.migrations.sql.SqlFailure;
import org.jspecify.annotations.Nullable;

/**
 * An UP or a DOWN that was run in a rehearsal.
 *
 * @param transactional whether its statements shared one transaction
 * @param duration how long it took
 * @param statements what its statements did
 * @param changes what it did to the catalogs
 * @param failure why it failed, {@code null} if it did not
 */
public record RehearsedSection(boolean transactional, Duration duration, List<StatementEffect> statements,
		List<CatalogDifference> changes, @Nullable SqlFailure failure) {

	public RehearsedSection {
		statements = List.copyOf(statements);
		changes = List.copyOf(changes);
	}

	/**
	 * Return this section with what it did to the catalogs.
	 * @param changes what it did
	 * @return the section
	 */
	public RehearsedSection with(List<CatalogDifference> changes) {
		return new RehearsedSection(this.transactional, this.duration, this.statements, changes, this.failure);
	}

}
