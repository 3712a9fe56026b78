/**
 * The REST API: users with their profiles, rooms and messages.
 */
@NullMarked
package io.veza.migrations.sample.chat;

import org.jspecify.annotations.NullMarked;
