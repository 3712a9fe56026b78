package io.veza.migrations.sample.chat;

import java.util.UUID;

/**
 * A room that members talk in.
 *
 * @param id the id
 * @param name the name, unique
 * @param topic the topic
 * @param ownerId the id of the member who opened it
 */
record Room(UUID id, String name, String topic, UUID ownerId) {

}
