package io.veza.migrations.autoconfigure;

import io.veza.migrations.testsupport.TestDatabase;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * An empty database that a test slice is to migrate.
 */
final class SliceDatabase {

	private SliceDatabase() {
	}

	static void register(DynamicPropertyRegistry properties) {
		TestDatabase database = TestDatabase.create();
		properties.add("spring.datasource.url", database::url);
		properties.add("spring.datasource.username", database::user);
		properties.add("spring.datasource.password", database::password);
		properties.add("veza.migrations.locations", () -> "classpath:io/veza/migrations/autoconfigure/slices");
	}

}
