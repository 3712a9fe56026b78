package io.veza.migrations.actuate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.MimeType;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.util.HtmlUtils;

/**
 * The page for browsers: HTML, the modules of the script and style, each read once and
 * only when somebody asks for it. The HTML holds nothing of the database: the script asks
 * for that, as any other caller does.
 *
 * @since 0.1.0
 */
public final class OperatorPage {

	/** A list, because a native image cannot look what is there. */
	private static final List<String> SCRIPTS = List.of("api.js", "banner.js", "charts.js", "choose.js", "details.js",
			"dialog.js", "drift.js", "elements.js", "events.js", "header.js", "model.js", "operation.js", "page.js",
			"plan.js", "polling.js", "problem.js", "rehearsal.js", "result.js", "run.js", "running.js", "sql.js",
			"timeline.js", "words.js");

	private static final String STYLE = "page.css";

	private final SingletonSupplier<byte[]> html;

	private final Map<String, SingletonSupplier<byte[]>> files = Stream.concat(SCRIPTS.stream(), Stream.of(STYLE))
		.collect(Collectors.toUnmodifiableMap(Function.identity(), (name) -> SingletonSupplier.of(() -> read(name))));

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

	/**
	 * Return a file that lies beside the page.
	 * @param name whatever somebody asks for
	 * @return the file, empty unless it is a script or the style of the page
	 */
	Optional<WebEndpointResponse<byte[]>> file(String name) {
		return Optional.ofNullable(this.files.get(name))
			.map((content) -> respond(content, name.equals(STYLE) ? "css" : "javascript"));
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
