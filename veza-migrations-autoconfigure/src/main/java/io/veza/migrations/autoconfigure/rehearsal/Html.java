package io.veza.migrations.autoconfigure.rehearsal;

/**
 * HTML that is put together piece by piece. Everything that comes from outside is
 * escaped.
 */
final class Html {

	private final StringBuilder html = new StringBuilder();

	/**
	 * Return a text so that a browser shows it as it is.
	 * @param text the text
	 * @return the text without characters that mean something in HTML
	 */
	static String escape(String text) {
		StringBuilder escaped = new StringBuilder(text.length() + 16);
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			switch (character) {
				case '&' -> escaped.append("&amp;");
				case '<' -> escaped.append("&lt;");
				case '>' -> escaped.append("&gt;");
				case '"' -> escaped.append("&quot;");
				case '\'' -> escaped.append("&#39;");
				case '\0' -> escaped.append('\uFFFD');
				default -> escaped.append(character);
			}
		}
		return escaped.toString();
	}

	/**
	 * Begin an element.
	 * @param tag its name
	 * @param attributes names and values of its attributes; an empty value is one without
	 * a value
	 * @return this HTML
	 */
	Html open(String tag, String... attributes) {
		this.html.append('<').append(tag);
		for (int i = 0; i < attributes.length; i += 2) {
			this.html.append(' ').append(attributes[i]);
			if (!attributes[i + 1].isEmpty()) {
				this.html.append("=\"").append(escape(attributes[i + 1])).append('"');
			}
		}
		this.html.append('>');
		return this;
	}

	Html close(String tag) {
		this.html.append("</").append(tag).append('>');
		return this;
	}

	Html text(String text) {
		this.html.append(escape(text));
		return this;
	}

	/**
	 * Add an element that holds a text.
	 * @param tag its name
	 * @param text the text
	 * @param attributes names and values of its attributes
	 * @return this HTML
	 */
	Html element(String tag, String text, String... attributes) {
		return open(tag, attributes).text(text).close(tag);
	}

	Html line() {
		this.html.append('\n');
		return this;
	}

	@Override
	public String toString() {
		return this.html.toString();
	}

}
