package io.veza.migrations.sample.chat;

import java.util.UUID;

/**
 * A member of the platform.
 *
 * @param id the id
 * @param email the e-mail address
 * @param firstName the first name
 * @param lastName the last name
 * @param role the role
 */
record User(UUID id, String email, String firstName, String lastName, String role) {

}
