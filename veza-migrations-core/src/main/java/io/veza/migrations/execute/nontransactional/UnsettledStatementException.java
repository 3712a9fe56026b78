package io.veza.migrations.execute;

/**
 * What an interrupted statement has left cannot be settled without a human being.
 */
@SuppressWarnings("serial")
final class UnsettledException extends Exception {

	private final String advice;

	UnsettledException(String message, String advice) {
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
