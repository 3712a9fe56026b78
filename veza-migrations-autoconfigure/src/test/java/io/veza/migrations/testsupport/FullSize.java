package io.veza.migrations.fleet;

/**
 * How large a test is: a machine with few cores is spared the full size unless
 * {@code -Dveza.test.full=true} asks for it.
 */
final class FullSize {

	private static final boolean ASKED = Boolean.getBoolean("veza.test.full");

	private FullSize() {
	}

	static int or(int full, int ordinary) {
		return ASKED ? full : ordinary;
	}

}
