package io.veza.migrations.sample.chat;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Rooms and their messages over HTTP.
 */
@RestController
@RequestMapping("/api/rooms")
class RoomController {

	private final RoomRepository rooms;

	private final MessageRepository messages;

	RoomController(RoomRepository rooms, MessageRepository messages) {
		this.rooms = rooms;
		this.messages = messages;
	}

	@GetMapping
	List<Room> all() {
		return this.rooms.findAll();
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	Room add(@Valid @RequestBody NewRoom room) {
		return this.rooms.add(room.name(), Objects.requireNonNullElse(room.topic(), ""), room.ownerId());
	}

	@GetMapping("/{roomId}/messages")
	List<Message> messages(@PathVariable UUID roomId) {
		requireRoom(roomId);
		return this.messages.findNewest(roomId);
	}

	@PostMapping("/{roomId}/messages")
	@ResponseStatus(HttpStatus.CREATED)
	Message add(@PathVariable UUID roomId, @Valid @RequestBody NewMessage message) {
		requireRoom(roomId);
		return this.messages.add(roomId, message.authorId(), message.body());
	}

	private void requireRoom(UUID id) {
		if (!this.rooms.exists(id)) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no room \"" + id + "\".");
		}
	}

	/**
	 * A room that is to be opened.
	 *
	 * @param name the name
	 * @param topic the topic, {@code null} for none
	 * @param ownerId the id of the user who opens it
	 */
	record NewRoom(@NotBlank @Size(max = 100) String name, @Nullable @Size(max = 255) String topic,
			@NotNull UUID ownerId) {

	}

	/**
	 * A message that is to be posted.
	 *
	 * @param authorId the id of the user who writes it
	 * @param body the text
	 */
	record NewMessage(@NotNull UUID authorId, @NotBlank @Size(max = 4000) String body) {

	}

}
