package io.veza.migrations.request;

import org.jspecify.annotations.Nullable;

/**
 * The origin of a request, for the audit log: the person or account that asks, and the
 * reason.
 *
 * @param requestedBy the name of a person or account, {@code null} for the application
 * @param reason the reason, in the words of who asks, {@code null} if nothing was said
 * @param patient whether to wait for another run to end; otherwise the request is refused
 * at once
 * @param token the token of the plan that was looked at, {@code null} if none was
 * @since 0.1.0
 */
public record RequestOrigin(@Nullable String requestedBy, @Nullable String reason, boolean patient,
		@Nullable String token) {

	/** The application itself, at its start. */
	public static final RequestOrigin APPLICATION = new RequestOrigin(null, null, true);

	/**
	 * Create the origin of a request that looked at no plan.
	 * @param requestedBy the name of a person or account, {@code null} for the
	 * application
	 * @param reason the reason, {@code null} if nothing was said
	 * @param patient whether to wait for another run to end
	 */
	public RequestOrigin(@Nullable String requestedBy, @Nullable String reason, boolean patient) {
		this(requestedBy, reason, patient, null);
	}

}
