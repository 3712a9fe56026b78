package io.veza.migrations.rehearsal.observe;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class GeneratedObjectNamesTests {

	@Test
	void tableColumnsAndLabelAreGenerated() {
		assertThat(GeneratedObjectNames.isGenerated("users_email_tenant_id_key", "users", List.of("email", "tenant_id"),
				"key"))
			.isTrue();
	}

	@Test
	void nameWithoutColumnsIsGenerated() {
		assertThat(GeneratedObjectNames.isGenerated("users_pkey", "users", List.of(), "pkey")).isTrue();
	}

	@Test
	void numberBehindTheLabelIsGenerated() {
		assertThat(GeneratedObjectNames.isGenerated("users_email_idx12", "users", List.of("email"), "idx")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "users_email", "email_key", "users_mail_key", "users_email_idx", "users_email_key1a",
			"users_email_keys", "xusers_email_key", "key" })
	void otherNamesAreNot(String name) {
		assertThat(GeneratedObjectNames.isGenerated(name, "users", List.of("email"), "key")).isFalse();
	}

	@Test
	void longerPartIsShortenedFirst() {
		assertThat(
				GeneratedObjectNames.isGenerated("t_" + "c".repeat(57) + "_idx", "t", List.of("c".repeat(63)), "idx"))
			.isTrue();
	}

	@Test
	void equallyLongPartsAreShortenedInTurn() {
		assertThat(GeneratedObjectNames.isGenerated("t".repeat(29) + "_" + "c".repeat(28) + "_idx1", "t".repeat(40),
				List.of("c".repeat(40)), "idx"))
			.isTrue();
	}

	@Test
	void charactersAreNotCutInTwo() {
		assertThat(
				GeneratedObjectNames.isGenerated("t_" + "é".repeat(28) + "_idx", "t", List.of("é".repeat(31)), "idx"))
			.isTrue();
	}

}
