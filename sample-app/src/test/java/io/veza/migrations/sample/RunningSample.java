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

	ResponseSpec post(String path, Map<String, ?> body) {
		return this.client.post().uri(path).contentType(MediaType.APPLICATION_JSON).body(body).exchange();
	}

}
