package io.veza.migrations.sample.chat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The users in the database.
 */
@Repository
class UserRepository {

	private static final String SELECT_ALL = """
			SELECT id, email, first_name, last_name, role
			FROM users
			ORDER BY email""";

	private static final String SELECT_ONE = """
			SELECT id, email, first_name, last_name, role
			FROM users
			WHERE id = :id""";

	private static final String INSERT = """
			INSERT INTO users (email, password_hash, first_name, last_name)
			VALUES (:email, :passwordHash, :firstName, :lastName)
			RETURNING id, email, first_name, last_name, role""";

	private final JdbcClient jdbc;

	UserRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<User> findAll() {
		return this.jdbc.sql(SELECT_ALL).query(User.class).list();
	}

	Optional<User> find(UUID id) {
		return this.jdbc.sql(SELECT_ONE).param("id", id).query(User.class).optional();
	}

	User add(String email, String passwordHash, String firstName, String lastName) {
		return this.jdbc.sql(INSERT)
			.param("email", email.toLowerCase(Locale.ROOT))
			.param("passwordHash", passwordHash)
			.param("firstName", firstName)
			.param("lastName", lastName)
			.query(User.class)
			.single();
	}

}
