package io.veza.migrations.sample;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/**
 * The running application as somebody sees it over HTTP.
 */
final class RunningSample {

	private final RestTestClient client;

	private RunningSample(RestTestClient client) {
		this.client = client;
	}

	static RunningSample as(@Nullable String user, int port) {
		RestTestClient.Builder<?> builder = RestTestClient.bindToServer().baseUrl("http://localhost:" + port);
		if (user != null) {
			builder.defaultHeaders((headers) -> headers.setBasicAuth(user, user));
		}
		return new RunningSample(builder.build());
	}

	ResponseSpec get(String path) {
		return this.client.get().uri(path).exchange();
	}

	/**
	 * Open an address as a browser does.
	 * @param path the address
	 * @return the answer
	 */
	ResponseSpec browse(String path) {
		return this.client.get().uri(path).accept(MediaType.TEXT_HTML, MediaType.ALL).exchange();
	}

	/**
	 * Post as a script in a browser does.
	 * @param path the address
	 * @param body the body
	 * @param cookie the CSRF token that the browser keeps
	 * @param header the CSRF token that the script sends
	 * @return the answer
	 */
	ResponseSpec postFromBrowser(String path, Map<String, ?> body, String cookie, String header) {
		return this.client.post()
			.uri(path)
			.header("Origin", "http://localhost")
			.header("X-XSRF-TOKEN", header)
			.cookie("XSRF-TOKEN", cookie)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

	ResponseSpec post(String path, Map<String, ?> body) {
		return this.client.post().uri(path).contentType(MediaType.APPLICATION_JSON).body(body).exchange();
	}

}
