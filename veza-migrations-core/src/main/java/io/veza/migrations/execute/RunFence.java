package io.veza.migrations.execute;

import java.util.List;

/**
 * The statements that keep other runs out of a transaction.
 *
 * @param opening what each transaction begins with, so that no other run takes over while
 * it is open
 * @param closing what each transaction ends with, so that none takes over right after it
 */
public record RunFence(List<String> opening, List<String> closing) {

	public RunFence {
		opening = List.copyOf(opening);
		closing = List.copyOf(closing);
	}

}
