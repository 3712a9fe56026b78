package io.veza.migrations.testsupport;

/**
 * How large a test is: a machine with few cores is spared the full size unless
 * {@code -Dveza.test.full=true} asks for it.
 */
public final class FullSize {

	private static final boolean ASKED = Boolean.getBoolean("veza.test.full");

	private FullSize() {
	}

	/**
	 * Return a size.
	 * @param full the full size
	 * @param ordinary the size unless the full one is asked for
	 * @return the size
	 */
	public static int or(int full, int ordinary) {
		return ASKED ? full : ordinary;
	}

}
