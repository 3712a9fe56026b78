package io.veza.migrations.actuate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * A client that keeps cookies and resolves links as browsers do, follows no redirect, and
 * sends no header but those that it is told.
 */
final class PageClient {

	/** What browsers accept when somebody types an address. */
	static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

	private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+\\.(?:js|css))\"");

	private static final Pattern IMPORT = Pattern.compile("from '([^']+)';");

	private final CookieManager cookies = new CookieManager();

	private final HttpClient client = HttpClient.newBuilder().cookieHandler(this.cookies).build();

	private final URI base;

	private PageClient(URI base) {
		this.base = base;
	}

	static PageClient of(ConfigurableApplicationContext context) {
		int port = context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
		return new PageClient(URI.create("http://127.0.0.1:" + port));
	}

	HttpResponse<String> get(String path, String... headers) {
		return send(request(path, headers).GET());
	}

	HttpResponse<String> open(String path) {
		return get(path, "Accept", BROWSER);
	}

	HttpResponse<String> post(String path, String body, String... headers) {
		return send(request(path, headers).POST(BodyPublishers.ofString(body)));
	}

	/**
	 * Return what a page loads.
	 * @param path the path of the page
	 * @return the path of each script and style
	 */
	Stream<String> linksOf(String path) {
		return LINK.matcher(open(path).body())
			.results()
			.map((MatchResult link) -> URI.create(path).resolve(link.group(1)).toString());
	}

	/**
	 * Return what a script imports.
	 * @param path the path of the script
	 * @return the path of each module
	 */
	Stream<String> importsOf(String path) {
		return IMPORT.matcher(get(path).body())
			.results()
			.map((MatchResult module) -> URI.create(path).resolve(module.group(1)).toString());
	}

	String cookie(String name) {
		return this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals(name))
			.map(HttpCookie::getValue)
			.findFirst()
			.orElse("");
	}

	private HttpRequest.Builder request(String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.base.resolve(path));
		return (headers.length > 0) ? request.headers(headers) : request;
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.client.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String contentType(HttpResponse<?> response) {
		return response.headers().firstValue("Content-Type").orElse("");
	}

}
