package io.veza.migrations.actuate;

import org.springframework.boot.actuate.endpoint.Producible;
import org.springframework.util.MimeType;

/**
 * A representation of the list of migrations. The order counts: Spring Boot takes the
 * last one that a caller accepts and ignores the weights, so that a browser, which
 * accepts everything, gets the page.
 *
 * @since 0.1.0
 */
public enum ListRepresentation implements Producible<ListRepresentation> {

	/** Wanted by who accepts only problem details: a list is none, and is JSON. */
	PROBLEM("application/problem+json", "application/json"),

	/** JSON under the older name of Spring Boot. */
	ACTUATOR_V2("application/vnd.spring-boot.actuator.v2+json"),

	/** JSON under the name of Spring Boot. */
	ACTUATOR_V3("application/vnd.spring-boot.actuator.v3+json"),

	/** JSON. */
	JSON("application/json"),

	/** The page for browsers. */
	HTML("text/html");

	private final String accepted;

	private final String contentType;

	ListRepresentation(String type) {
		this(type, type);
	}

	ListRepresentation(String accepted, String contentType) {
		this.accepted = accepted;
		this.contentType = contentType;
	}

	@Override
	public boolean isDefault() {
		return this == ACTUATOR_V3;
	}

	@Override
	public MimeType getProducedMimeType() {
		return MimeType.valueOf(this.accepted);
	}

	/**
	 * Return what the answer is.
	 * @return its content type
	 */
	MimeType contentType() {
		return MimeType.valueOf(this.contentType);
	}

}
