package io.veza.migrations.sample.chat;

import java.time.LocalDateTime;
import java.util.UUID;

/**
 * A message in a room.
 *
 * @param id the id
 * @param authorId the id of its author
 * @param body the text
 * @param createdAt when it was written, in UTC
 */
record Message(long id, UUID authorId, String body, LocalDateTime createdAt) {

}
