package io.veza.migrations.autoconfigure;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/**
 * What the migration of the test slices creates a table for.
 */
@Entity
class Person {

	@Id
	@org.springframework.data.annotation.Id
	private Long id;

	private String name;

	String name() {
		return this.name;
	}

}
