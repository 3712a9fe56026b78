package io.veza.migrations.actuate.descriptor;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class JsonFieldsTests {

	@Test
	void ofRecordKeepsTheOrderAndLeavesOutWhatIsNull() {
		Outer outer = new Outer("z", null, 2, List.of(new Inner("a"), new Inner(null)), Map.of("Key", "value"));

		assertThat(JsonFields.of(outer)).containsExactly(entry("text", "z"), entry("count", 2),
				entry("list", List.of(Map.of("name", "a"), Map.of())), entry("map", Map.of("Key", "value")));
	}

	/**
	 * A descriptor.
	 */
	public record Outer(String text, @Nullable String missing, int count, List<Inner> list, Map<String, String> map) {
	}

	/**
	 * A descriptor within another.
	 */
	public record Inner(@Nullable String name) {
	}

}
