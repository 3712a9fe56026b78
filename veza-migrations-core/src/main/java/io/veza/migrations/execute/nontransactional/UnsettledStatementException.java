package io.veza.migrations.execute.nontransactional;

/**
 * The finding that what an interrupted statement has left needs a human being.
 */
@SuppressWarnings("serial")
final class UnsettledStatementException extends Exception {

	private final String advice;

	UnsettledStatementException(String message, String advice) {
		super(message);
		this.advice = advice;
	}

	String message() {
		return String.valueOf(getMessage());
	}

	String advice() {
		return this.advice;
	}

}
