package io.veza.migrations.rehearsal.findings.convention;

import java.util.List;

import io.veza.migrations.rehearsal.findings.QualifiedTableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NamingConventionTests {

	@ParameterizedTest
	@ValueSource(strings = { "a", "users", "user_profiles", "a1_2b", "sha256_of_2" })
	void snakeCaseIsRecognised(String name) {
		assertThat(NamingConvention.isSnakeCase(name)).isTrue();
		assertThat(NamingConvention.snakeCase(name, "x")).isEqualTo(name);
	}

	@ParameterizedTest
	@CsvSource({ "createdAt,created_at", "UserID,user_id", "HTTPServer,http_server", "_a,a", "a__b,a_b", "a_,a",
			"first name,first_name", "Prénom,prenom", "2fa,x_2fa", "名,x", "a$b,a_b", "v2Beta,v2_beta" })
	void otherNamesAreMadeSo(String name, String snakeCase) {
		assertThat(NamingConvention.isSnakeCase(name)).isFalse();
		assertThat(NamingConvention.snakeCase(name, "x")).isEqualTo(snakeCase);
	}

	@Test
	void conventionalNameIsNotTooLong() {
		assertThat(NamingConvention.conventional("idx", "Users", List.of("firstName", "b")))
			.isEqualTo("idx_users_first_name_b");
		assertThat(NamingConvention.conventional("idx", "t", List.of("a".repeat(60)))).hasSize(63);
	}

	@Test
	void namesOfTablesAreReadAsSqlDoes() {
		assertThat(QualifiedTableName.parse("Public.\"We\"\"ird. N\".t").parts()).containsExactly("public",
				"We\"ird. N", "t");
	}

}
