package io.veza.migrations.actuate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

import com.jayway.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;

/**
 * The actuator of a running application.
 *
 * @param base its address
 * @param authorization the header that says who asks, {@code null} for nobody
 */
record HttpApi(String base, @Nullable String authorization) {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	static HttpApi of(int port) {
		return new HttpApi("http://localhost:" + port + "/actuator", null);
	}

	HttpApi as(String user, String password) {
		byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
		return new HttpApi(this.base, "Basic " + Base64.getEncoder().encodeToString(credentials));
	}

	HttpApi outsideOfActuator() {
		return new HttpApi(this.base.replace("/actuator", ""), this.authorization);
	}

	Answer get(String path) {
		return send(request(path).GET());
	}

	Answer post(String path, String json) {
		return send(posting(path, json));
	}

	/**
	 * Send a request as a client that can go away.
	 * @param path the path
	 * @param json the body
	 * @return the pending answer; to cancel it closes the connection
	 */
	CompletableFuture<HttpResponse<String>> start(String path, String json) {
		return CLIENT.sendAsync(posting(path, json).build(), BodyHandlers.ofString());
	}

	private HttpRequest.Builder posting(String path, String json) {
		return request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json));
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path))
			.header("Accept", "application/json");
		return (this.authorization != null) ? request.header("Authorization", this.authorization) : request;
	}

	private static Answer send(HttpRequest.Builder request) {
		try {
			return Answer.of(CLIENT.send(request.build(), BodyHandlers.ofString()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What the application answered.
	 *
	 * @param status the status
	 * @param contentType the content type
	 * @param body the body
	 */
	record Answer(int status, String contentType, String body) {

		static Answer of(HttpResponse<String> response) {
			return new Answer(response.statusCode(), response.headers().firstValue("Content-Type").orElse(""),
					response.body());
		}

		/**
		 * Return a value of the body.
		 * @param <T> its type
		 * @param path its JSON path
		 * @return the value
		 */
		<T> T at(String path) {
			return JsonPath.read(this.body, path);
		}

	}

}
