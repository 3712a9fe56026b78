package io.veza.migrations.actuate;

import java.security.Principal;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.util.MimeType;

/**
 * The endpoint over HTTP. {@link WebOperationAdvisor} makes the arguments, and problem
 * details of what is thrown here.
 * <p>
 * The last part of the path is an array, although it has one element, because Boot lets
 * values of the body and of the query take the place of a path variable of the same name:
 * those are never arrays, so that the advisor recognizes and refuses them.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = MigrationsEndpoint.class)
public class MigrationsEndpointWebExtension {

	private static final String PLAN = "plan";

	private static final String ANONYMOUS = "anonymous";

	private final MigrationsEndpoint endpoint;

	private final OperatorPage page;

	/**
	 * Create a new instance.
	 * @param endpoint the endpoint
	 * @param page what browsers get
	 */
	public MigrationsEndpointWebExtension(MigrationsEndpoint endpoint, OperatorPage page) {
		this.endpoint = endpoint;
		this.page = page;
	}

	/**
	 * Return all migrations and where the database stands, or the page that shows it. The
	 * page needs no database, and is the same whatever the arguments are: a login page
	 * leads back to it with one of its own.
	 * @param arguments {@code drift=true} to compare the schema with how the newest run
	 * left it
	 * @param representation what the caller accepts, {@code null} for an empty
	 * {@code Accept}
	 * @return the list or the page
	 */
	@ReadOperation(producesFrom = ListRepresentation.class)
	public WebEndpointResponse<?> list(OperationArguments arguments, @Nullable ListRepresentation representation) {
		if (representation == ListRepresentation.HTML) {
			return this.page.html();
		}
		MimeType type = ((representation != null) ? representation : ListRepresentation.ACTUATOR_V3).contentType();
		return new WebEndpointResponse<>(this.endpoint.list(arguments), WebEndpointResponse.STATUS_OK, type);
	}

	/**
	 * Return one migration, a plan, or a file of the page: a version begins with a digit,
	 * so that none is taken for another.
	 * @param security who asks
	 * @param arguments what the plan is for
	 * @param item the version, {@code plan}, or the name of a file such as
	 * {@code page.js}
	 * @return a record, or the response with the file
	 */
	@ReadOperation
	public Object read(SecurityContext security, OperationArguments arguments,
			@Selector(match = Selector.Match.ALL_REMAINING) String[] item) {
		String name = String.join("/", item);
		if (name.equals(PLAN)) {
			return this.endpoint.plan(arguments, requestedBy(security));
		}
		arguments.requireNone();
		Optional<WebEndpointResponse<byte[]>> file = this.page.file(name);
		return file.isPresent() ? file.get() : this.endpoint.details(name);
	}

	/**
	 * Do what the path says. There is one operation for all actions, because two of them
	 * with a path variable each would be the same to Boot.
	 * @param security who asks
	 * @param arguments the body
	 * @param action {@code plan}, {@code migrate}, {@code rollback}, {@code repair},
	 * {@code baseline} or {@code restore}
	 * @return the plan or the report
	 */
	@WriteOperation
	public Record write(SecurityContext security, OperationArguments arguments,
			@Selector(match = Selector.Match.ALL_REMAINING) String[] action) {
		String name = String.join("/", action);
		String requestedBy = requestedBy(security);
		return switch (name) {
			case PLAN -> this.endpoint.plan(arguments, requestedBy);
			case "migrate" -> this.endpoint.migrate(arguments, requestedBy);
			case "rollback" -> this.endpoint.rollback(arguments, requestedBy);
			case "repair" -> this.endpoint.repair(arguments, requestedBy);
			case "baseline" -> this.endpoint.baseline(arguments, requestedBy);
			case "restore" -> this.endpoint.restore(arguments, requestedBy);
			default -> throw new NotFoundException("There is no action \"" + name
					+ "\". Choose one of plan, migrate, rollback, repair, baseline and restore.");
		};
	}

	private static String requestedBy(SecurityContext security) {
		Principal principal = security.getPrincipal();
		return (principal != null) ? principal.getName() : ANONYMOUS;
	}

}
