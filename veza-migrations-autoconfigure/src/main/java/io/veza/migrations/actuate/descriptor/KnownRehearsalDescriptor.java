package io.veza.migrations.actuate;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.veza.migrations.KnownRehearsal;

/**
 * What a rehearsal before the release has shown.
 *
 * @param reversibility whether the DOWN restores the schema
 * @param findings what was found
 * @since 0.1.0
 */
public record KnownVerdict(String reversibility, List<FindingDescriptor> findings) {

	static @Nullable KnownVerdict of(@Nullable KnownRehearsal known) {
		return (known != null)
				? new KnownVerdict(known.reversibility().id(), FindingDescriptor.listOf(known.findings())) : null;
	}

}
