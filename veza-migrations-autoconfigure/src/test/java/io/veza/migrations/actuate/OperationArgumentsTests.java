package io.veza.migrations.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.veza.migrations.MigrationVersion;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class OperationArgumentsTests {

	@Test
	void readWhenGivenReturnsStrippedValues() {
		OperationArguments arguments = OperationArguments
			.of(Map.of("count", " 2 ", "to", "003", "list", "1, 2", "number", 3));

		assertThat(arguments.number("count")).isEqualTo(2);
		assertThat(arguments.version("to")).isEqualTo(MigrationVersion.of("3"));
		assertThat(arguments.versions("list")).containsExactly(MigrationVersion.of("1"), MigrationVersion.of("2"));
		assertThat(arguments.text("number")).isEqualTo("3");
	}

	@Test
	void readWhenNullOrBlankReturnsNothing() {
		Map<String, String> values = new LinkedHashMap<>();
		values.put("count", null);
		values.put("reason", "  ");
		OperationArguments arguments = OperationArguments.of(values);

		assertThat(arguments.number("count")).isNull();
		assertThat(arguments.text("reason")).isNull();
		assertThat(arguments.version("to")).isNull();
		assertThat(arguments.versions("list")).isEmpty();
		assertThatNoException().isThrownBy(arguments::requireNone);
	}

	@Test
	void buildWhenSeveralAreWrongNamesEachOfThem() {
		OperationArguments arguments = OperationArguments
			.of(ordered("count", "two", "to", "x", "list", "1,,y", "twice", List.of("a", "b"), "other", "1"));
		arguments.number("count");
		arguments.version("to");
		arguments.versions("list");
		arguments.text("twice");

		assertThatExceptionOfType(InvalidArgumentsException.class).isThrownBy(() -> arguments.build(() -> "unused"))
			.satisfies((ex) -> assertThat(ex.problems()).hasSize(6)
				.satisfiesExactly((first) -> assertThat(first).startsWith("\"count\" is \"two\""),
						(second) -> assertThat(second).startsWith("\"to\": \"x\" is not a version"),
						(third) -> assertThat(third).startsWith("\"list\": \"\" is not a version"),
						(fourth) -> assertThat(fourth).startsWith("\"list\": \"y\" is not a version"),
						(fifth) -> assertThat(fifth).startsWith("\"twice\" is given more than once"),
						(sixth) -> assertThat(sixth).startsWith("\"other\" is not an argument here")));
	}

	@Test
	void buildWhenNameIsUnknownListsTheKnownOnes() {
		OperationArguments arguments = OperationArguments.of(Map.of("cuont", "1"));
		arguments.number("count");
		arguments.version("to");

		assertThatExceptionOfType(InvalidArgumentsException.class).isThrownBy(() -> arguments.build(() -> "unused"))
			.withMessage("\"cuont\" is not an argument here. Known are: count, to.");
	}

	@Test
	void buildWhenRequestIsRefusedReportsThatWithTheUnknownNames() {
		OperationArguments arguments = OperationArguments.of(Map.of("other", "1"));

		assertThatExceptionOfType(InvalidArgumentsException.class)
			.isThrownBy(() -> arguments.build(() -> OperationArguments.required("version", null, "Give one.")))
			.satisfies((ex) -> assertThat(ex.problems()).containsExactly(
					"\"other\" is not an argument here. Leave it out.", "\"version\" is missing. Give one."));
	}

	@Test
	void buildWhenOnlyNamesAreUnknownDoesNotReturnTheRequest() {
		assertThatExceptionOfType(InvalidArgumentsException.class)
			.isThrownBy(() -> OperationArguments.of(Map.of("other", "1")).build(() -> "request"));
	}

	private static Map<String, Object> ordered(Object... namesAndValues) {
		Map<String, Object> values = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			values.put((String) namesAndValues[i], namesAndValues[i + 1]);
		}
		return values;
	}

}
