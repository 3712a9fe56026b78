package io.veza.migrations.sql;

/**
 * The message of an error of the server or of the driver, shortened so that it fits into
 * the middle of a sentence.
 */
public final class SqlErrorText {

	private SqlErrorText() {
	}

	/**
	 * Return the message of an error.
	 * @param error the error
	 * @return the first line of its message, without a full stop at the end
	 */
	public static String of(Exception error) {
		String message = String.valueOf(error.getMessage());
		String first = message.lines().findFirst().orElse(message);
		return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
	}

}
