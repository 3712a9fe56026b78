package io.veza.migrations.sample.chat;

import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The rooms in the database.
 */
@Repository
class RoomRepository {

	private static final String SELECT_ALL = """
			SELECT id, name, topic, owner_id
			FROM chat_rooms
			ORDER BY name""";

	private static final String EXISTS = """
			SELECT EXISTS (
			    SELECT 1
			    FROM chat_rooms
			    WHERE id = :id)""";

	private static final String INSERT = """
			INSERT INTO chat_rooms (name, topic, owner_id)
			VALUES (:name, :topic, :ownerId)
			RETURNING id, name, topic, owner_id""";

	private final JdbcClient jdbc;

	RoomRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<Room> findAll() {
		return this.jdbc.sql(SELECT_ALL).query(Room.class).list();
	}

	boolean exists(UUID id) {
		return this.jdbc.sql(EXISTS).param("id", id).query(Boolean.class).single();
	}

	Room add(String name, String topic, UUID ownerId) {
		return this.jdbc.sql(INSERT)
			.param("name", name)
			.param("topic", topic)
			.param("ownerId", ownerId)
			.query(Room.class)
			.single();
	}

}
