package io.veza.migrations.actuate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import io.veza.migrations.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of an operation as a caller wrote them. To read one declares its name;
 * {@link #build(Supplier)} then refuses everything that is wrong, and every name that was
 * not declared, together.
 *
 * @since 0.1.0
 */
public final class OperationArguments {

	private static final int MAX_PROSE = 4000;

	private final Map<String, Object> given;

	private final Set<String> declared = new LinkedHashSet<>();

	private final List<String> problems = new ArrayList<>();

	private OperationArguments(Map<String, Object> given) {
		this.given = given;
	}

	/**
	 * Return the arguments that a form has filled in.
	 * @param values the values by name; those that are {@code null} or blank count as not
	 * given
	 * @return the arguments
	 */
	static OperationArguments of(Map<String, ? extends @Nullable Object> values) {
		OperationArguments arguments = exactly(values);
		arguments.given.values().removeIf((value) -> value.toString().isBlank());
		return arguments;
	}

	/**
	 * Return the arguments that a caller has written.
	 * @param values the values by name; those that are {@code null} count as not given,
	 * and blank ones are refused: a variable of a script may not have been set
	 * @return the arguments
	 */
	static OperationArguments exactly(Map<String, ? extends @Nullable Object> values) {
		Map<String, Object> given = new LinkedHashMap<>();
		values.forEach((name, value) -> {
			if (value != null) {
				given.put(name, value);
			}
		});
		return new OperationArguments(given);
	}

	boolean isGiven(String name) {
		return this.given.containsKey(name);
	}

	@Nullable String text(String name) {
		this.declared.add(name);
		Object value = this.given.get(name);
		if (value instanceof Collection) {
			refuse("\"" + name + "\" is given more than once. Give it once.");
			return null;
		}
		String text = (value != null) ? value.toString().strip() : null;
		if (text != null && text.isEmpty()) {
			refuse("\"" + name + "\" is empty. Give a value, or leave it out.");
			return null;
		}
		return text;
	}

	/**
	 * Return a text that people have written.
	 * @param name the name of the argument
	 * @return the text, {@code null} if it is not given
	 */
	@Nullable String prose(String name) {
		String text = text(name);
		if (text != null && (text.length() > MAX_PROSE || text.indexOf('\0') >= 0)) {
			refuse("\"" + name + "\" is longer than " + MAX_PROSE
					+ " characters or holds a NUL character. Give a short text.");
			return null;
		}
		return text;
	}

	@Nullable Integer number(String name) {
		String text = text(name);
		try {
			return (text != null) ? Integer.valueOf(text) : null;
		}
		catch (NumberFormatException ex) {
			refuse("\"" + name + "\" is \"" + text + "\", which is not a number. Give digits, such as 1.");
			return null;
		}
	}

	/**
	 * Return the id of an operation.
	 * @param name the name of the argument
	 * @return the id, {@code null} if it is not given
	 */
	@Nullable UUID id(String name) {
		String text = text(name);
		try {
			return (text != null) ? UUID.fromString(text) : null;
		}
		catch (IllegalArgumentException ex) {
			refuse("\"" + name + "\" is \"" + text + "\". Give the operationId of a rollback.");
			return null;
		}
	}

	/**
	 * Return whether something is wanted.
	 * @param name the name of the argument
	 * @return whether it is {@code true}
	 */
	boolean flag(String name) {
		String text = text(name);
		if (text != null && !text.equals("true") && !text.equals("false")) {
			refuse("\"" + name + "\" is \"" + text + "\". Give true or false.");
		}
		return "true".equals(text);
	}

	@Nullable MigrationVersion version(String name) {
		String text = text(name);
		return (text != null) ? parse(name, text) : null;
	}

	/**
	 * Return versions that are separated by commas.
	 * @param name the name of the argument
	 * @return the versions, none if it is not given
	 */
	Set<MigrationVersion> versions(String name) {
		Set<MigrationVersion> versions = new LinkedHashSet<>();
		String text = text(name);
		if (text != null) {
			for (String part : text.split(",", -1)) {
				MigrationVersion version = parse(name, part.strip());
				if (version != null) {
					versions.add(version);
				}
			}
		}
		return versions;
	}

	/**
	 * Note that something is wrong.
	 * @param problem what is wrong and what to do
	 */
	void refuse(String problem) {
		this.problems.add(problem);
	}

	/**
	 * Return what is made of these arguments if nothing is wrong with them.
	 * @param <T> the type of the request
	 * @param request makes the request; what it throws as
	 * {@link IllegalArgumentException} is a problem of the arguments
	 * @return the request
	 * @throws InvalidArgumentsException with everything that is wrong
	 */
	<T> T build(Supplier<T> request) {
		boolean readable = this.problems.isEmpty();
		refuseUndeclared();
		if (readable) {
			try {
				T result = request.get();
				requireNoProblems();
				return result;
			}
			catch (InvalidArgumentsException ex) {
				throw ex;
			}
			catch (IllegalArgumentException ex) {
				refuse(String.valueOf(ex.getMessage()));
			}
		}
		throw new InvalidArgumentsException(this.problems);
	}

	/**
	 * Return a value that must be given, for use in {@link #build(Supplier)}.
	 * @param <T> the type of the value
	 * @param name the name of the argument
	 * @param value the value
	 * @param advice what to give
	 * @return the value
	 */
	static <T> T required(String name, @Nullable T value, String advice) {
		if (value == null) {
			throw new IllegalArgumentException("\"" + name + "\" is missing. " + advice);
		}
		return value;
	}

	/**
	 * Refuse all arguments, for an operation that takes none.
	 * @throws InvalidArgumentsException if any is given
	 */
	void requireNone() {
		refuseUndeclared();
		requireNoProblems();
	}

	private @Nullable MigrationVersion parse(String name, String text) {
		try {
			return MigrationVersion.of(text);
		}
		catch (IllegalArgumentException ex) {
			refuse("\"" + name + "\": " + ex.getMessage());
			return null;
		}
	}

	private void refuseUndeclared() {
		this.given.keySet()
			.stream()
			.filter((name) -> !this.declared.contains(name))
			.map(this::describeUndeclared)
			.forEach(this::refuse);
	}

	private String describeUndeclared(String name) {
		return "\"" + name + "\" is not an argument here. "
				+ (this.declared.isEmpty() ? "Leave it out." : "Known are: " + String.join(", ", this.declared) + ".");
	}

	private void requireNoProblems() {
		if (!this.problems.isEmpty()) {
			throw new InvalidArgumentsException(this.problems);
		}
	}

}
