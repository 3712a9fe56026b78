package io.veza.migrations.autoconfigure.command;

import java.io.PrintStream;

/**
 * The standard output as everybody but the command sees it: what they print goes to the
 * standard error.
 */
final class DivertedOutput extends PrintStream {

	private final PrintStream reserved;

	private DivertedOutput(PrintStream reserved, PrintStream error) {
		super(error, true);
		this.reserved = reserved;
	}

	/**
	 * Divert what everybody prints from now on. In a process with several application
	 * contexts each of them asks for it.
	 * @return the stream that reaches the standard output
	 */
	static PrintStream install() {
		if (System.out instanceof DivertedOutput diverted) {
			return diverted.reserved;
		}
		PrintStream reserved = System.out;
		System.setOut(new DivertedOutput(reserved, System.err));
		return reserved;
	}

}
