package io.veza.migrations.actuate.descriptor;

import java.util.List;

import io.veza.migrations.KnownRehearsal;
import org.jspecify.annotations.Nullable;

/**
 * The result of a rehearsal before the release.
 *
 * @param reversibility whether the DOWN restores the schema
 * @param findings what was found
 * @since 0.1.0
 */
public record KnownRehearsalDescriptor(String reversibility, List<FindingDescriptor> findings) {

	static @Nullable KnownRehearsalDescriptor of(@Nullable KnownRehearsal known) {
		return (known != null)
				? new KnownRehearsalDescriptor(known.reversibility().id(), FindingDescriptor.listOf(known.findings()))
				: null;
	}

}
