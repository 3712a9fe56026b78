package io.veza.migrations.sample.chat;

import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The messages in the database.
 */
@Repository
class MessageRepository {

	private static final String SELECT_NEWEST = """
			SELECT id, author_id, body, created_at
			FROM chat_messages
			WHERE room_id = :roomId
			ORDER BY id DESC
			LIMIT 100""";

	private static final String INSERT = """
			INSERT INTO chat_messages (room_id, author_id, body, created_at)
			VALUES (:roomId, :authorId, :body, CURRENT_TIMESTAMP AT TIME ZONE 'UTC')
			RETURNING id, author_id, body, created_at""";

	private final JdbcClient jdbc;

	MessageRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	List<Message> findNewest(UUID roomId) {
		return this.jdbc.sql(SELECT_NEWEST).param("roomId", roomId).query(Message.class).list();
	}

	Message add(UUID roomId, UUID authorId, String body) {
		return this.jdbc.sql(INSERT)
			.param("roomId", roomId)
			.param("authorId", authorId)
			.param("body", body)
			.query(Message.class)
			.single();
	}

}
