package io.veza.migrations.actuate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.MimeType;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.util.HtmlUtils;

/**
 * The page for browsers: HTML, script and style, each read once and only when somebody
 * asks for it. The HTML holds nothing of the database: the script asks for that, as any
 * other caller does.
 *
 * @since 0.1.0
 */
public final class OperatorPage {

	private final SingletonSupplier<byte[]> html;

	private final SingletonSupplier<byte[]> script = SingletonSupplier.of(() -> read("page.js"));

	private final SingletonSupplier<byte[]> style = SingletonSupplier.of(() -> read("page.css"));

	/**
	 * Create a new instance.
	 * @param path the path of the endpoint, asked for when the page is
	 * @param application the name of the application, may be empty
	 */
	public OperatorPage(Supplier<String> path, String application) {
		this.html = SingletonSupplier.of(() -> fill(lastSegment(path.get()), application));
	}

	WebEndpointResponse<byte[]> html() {
		return respond(this.html, "html");
	}

	WebEndpointResponse<byte[]> script() {
		return respond(this.script, "javascript");
	}

	WebEndpointResponse<byte[]> style() {
		return respond(this.style, "css");
	}

	private static byte[] fill(String endpoint, String application) {
		return new String(read("page.html"), StandardCharsets.UTF_8).replace("{endpoint}", escape(endpoint))
			.replace("{application}", escape(application))
			.getBytes(StandardCharsets.UTF_8);
	}

	// relative to the page, so that it holds behind any context path and proxy
	private static String lastSegment(String path) {
		return Arrays.stream(path.split("/"))
			.filter((segment) -> !segment.isEmpty())
			.reduce((first, second) -> second)
			.orElse(".");
	}

	private static String escape(String text) {
		return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
	}

	private static WebEndpointResponse<byte[]> respond(SingletonSupplier<byte[]> content, String subtype) {
		return new WebEndpointResponse<>(content.obtain(), WebEndpointResponse.STATUS_OK,
				new MimeType("text", subtype, StandardCharsets.UTF_8));
	}

	private static byte[] read(String name) {
		try {
			return new ClassPathResource(name, OperatorPage.class).getContentAsByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
