package io.veza.migrations.sample.chat;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Users over HTTP.
 */
@RestController
@RequestMapping("/api/users")
class UserController {

	private final UserRepository users;

	private final PasswordEncoder encoder;

	UserController(UserRepository users, PasswordEncoder encoder) {
		this.users = users;
		this.encoder = encoder;
	}

	@GetMapping
	List<User> all() {
		return this.users.findAll();
	}

	@GetMapping("/{id}")
	User one(@PathVariable UUID id) {
		return this.users.find(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no user \"" + id + "\"."));
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	User add(@Valid @RequestBody NewUser user) {
		String passwordHash = Objects.requireNonNull(this.encoder.encode(user.password()));
		return this.users.add(user.email(), passwordHash, user.firstName(), user.lastName());
	}

	/**
	 * A user who is to be created.
	 *
	 * @param email the e-mail address
	 * @param password the password
	 * @param firstName the first name
	 * @param lastName the last name
	 */
	record NewUser(@NotBlank @Email @Size(max = 255) String email, @NotBlank @Size(min = 8, max = 72) String password,
			@NotBlank @Size(max = 100) String firstName, @NotBlank @Size(max = 100) String lastName) {

	}

}
