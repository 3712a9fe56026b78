package io.veza.migrations.actuate.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.springframework.core.io.ClassPathResource;

/**
 * The rules of accessibility that axe-core knows.
 */
final class Axe {

	private static final String RUN = """
			const done = arguments[arguments.length - 1];
			const tell = (violation) => `${violation.id}: ${violation.help}\\n`
				+ violation.nodes.map((node) => `${node.html}\\n${node.failureSummary}`).join('\\n');
			axe.run(document).then((result) => done(result.violations.map(tell)), (error) => done([String(error)]));
			""";

	private final String script = read();

	/**
	 * Return what is wrong with the page as it is now.
	 * @param browser shows the page
	 * @return the violations, in words
	 */
	List<String> violations(Browser browser) {
		return browser.textsOfAsync("if (!window.axe) {\n" + this.script + "\n}\n" + RUN);
	}

	private static String read() {
		try {
			return new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
