package io.veza.migrations.rehearsal.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import io.veza.migrations.rehearsal.RehearsalReport;
import org.springframework.core.io.ClassPathResource;

/**
 * A rehearsal as one page that needs nothing else: the JSON of the report, and a script
 * that shows it.
 */
final class RehearsalReportPage {

	private static final String DATA = "{{data}}";

	private RehearsalReportPage() {
	}

	/**
	 * Return the page of a rehearsal.
	 * @param report the report of the rehearsal
	 * @return the HTML
	 */
	static String of(RehearsalReport report) {
		String page = resource("html").replace("{{style}}", resource("css")).replace("{{script}}", resource("js"));
		int data = page.indexOf(DATA);
		return page.substring(0, data) + data(report) + page.substring(data + DATA.length());
	}

	/** No text of a migration may end the element that holds the JSON. */
	private static String data(RehearsalReport report) {
		return RehearsalReportJson.of(report, ReportDetail.PAGE).replace("<", "\\u003c");
	}

	private static String resource(String extension) {
		try {
			return new ClassPathResource("rehearsal-report." + extension, RehearsalReportPage.class)
				.getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
