package io.veza.migrations.backup.pgdump;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads the SQL of a dump as it passes by, in bounded memory: which entries it has, and
 * whether it ends as it should.
 */
final class PgDumpContent extends OutputStream {

	private static final String ENTRY = "-- TOC entry ";

	private static final String END = "-- PostgreSQL database dump complete";

	/** Newer versions write it after the end. */
	private static final String UNRESTRICT = "\\unrestrict ";

	private static final int LONGEST_LINE = 200;

	private final Set<String> missing;

	private final byte[] line = new byte[LONGEST_LINE];

	private int length;

	private boolean complete;

	/**
	 * Create a new instance.
	 * @param entries the entries that it has to have
	 */
	PgDumpContent(Set<String> entries) {
		this.missing = new HashSet<>(entries);
	}

	boolean isComplete() {
		return this.complete && this.length == 0;
	}

	/**
	 * Return the entries that did not pass by.
	 * @return a subset of those that it has to have
	 */
	Set<String> missing() {
		return Set.copyOf(this.missing);
	}

	@Override
	public void write(int value) {
		if (value == '\n') {
			endLine();
		}
		else if (this.length < LONGEST_LINE) {
			this.line[this.length] = (byte) value;
			this.length++;
		}
	}

	@Override
	public void write(byte[] bytes, int offset, int count) {
		for (int i = offset; i < offset + count; i++) {
			write(bytes[i]);
		}
	}

	private void endLine() {
		if (this.length == 0) {
			return;
		}
		if (this.complete || this.line[0] == '-') {
			read(text());
		}
		this.length = 0;
	}

	private void read(String text) {
		if (text.equals(END)) {
			this.complete = true;
		}
		else if (!text.isEmpty() && !text.equals("--") && !text.startsWith(UNRESTRICT)) {
			this.complete = false;
		}
		if (text.startsWith(ENTRY)) {
			this.missing.remove(text.substring(text.indexOf(' ', ENTRY.length()) + 1));
		}
	}

	/** Without the carriage return that Windows adds. */
	private String text() {
		int end = (this.line[this.length - 1] == '\r') ? this.length - 1 : this.length;
		return new String(this.line, 0, end, StandardCharsets.ISO_8859_1);
	}

}
