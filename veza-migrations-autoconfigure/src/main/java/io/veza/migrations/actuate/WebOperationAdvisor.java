package io.veza.migrations.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.veza.migrations.actuate.descriptor.JsonFields;
import io.veza.migrations.actuate.descriptor.ProblemDescriptor;
import io.veza.migrations.failure.MigrationException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationArgumentResolver;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameter;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.util.MimeType;

/**
 * The edge between HTTP and the endpoint: hands {@link OperationArguments} with
 * everything that a caller sent to the operation (Boot alone would ignore unknown names),
 * and answers with problem details for what it throws.
 *
 * @since 0.1.0
 */
public final class WebOperationAdvisor implements OperationInvokerAdvisor {

	private static final EndpointId ENDPOINT = EndpointId.of("migrations");

	private static final MimeType PROBLEM = MimeType.valueOf("application/problem+json");

	private final ProblemTranslator problems;

	/**
	 * Create a new instance.
	 * @param status reads where the database stands after a failure
	 */
	public WebOperationAdvisor(LastKnownStatus status) {
		this.problems = new ProblemTranslator(status);
	}

	@Override
	public OperationInvoker apply(EndpointId endpointId, OperationType operationType, OperationParameters parameters,
			OperationInvoker invoker) {
		return ENDPOINT.equals(endpointId) ? (context) -> invoke(parameters, invoker, context) : invoker;
	}

	private @Nullable Object invoke(OperationParameters parameters, OperationInvoker invoker,
			InvocationContext context) {
		SecurityContext security = context.resolveArgument(SecurityContext.class);
		if (security == null || !context.canResolve(WebServerNamespace.class)) {
			return invoker.invoke(context);
		}
		try {
			OperationArguments arguments = arguments(parameters, context.getArguments());
			return body(invoker.invoke(new InvocationContext(security, context.getArguments(),
					OperationArgumentResolver.of(OperationArguments.class, () -> arguments),
					new DelegatingResolver(context))));
		}
		catch (InvalidArgumentsException ex) {
			return respond(this.problems.describe(ex));
		}
		catch (NotFoundException ex) {
			return respond(this.problems.describe(ex));
		}
		catch (DetachedException ex) {
			return respond(this.problems.describe(ex));
		}
		catch (MigrationException ex) {
			return respond(this.problems.describe(ex));
		}
	}

	private static OperationArguments arguments(OperationParameters parameters, Map<String, Object> values) {
		Map<String, Object> given = new LinkedHashMap<>(values);
		boolean taken = false;
		for (OperationParameter parameter : parameters) {
			taken |= parameter.getType() == OperationArguments.class;
			if (parameter.getAnnotation(Selector.class) != null
					&& !(given.remove(parameter.getName()) instanceof String[])) {
				throw new InvalidArgumentsException(
						List.of("\"" + parameter.getName() + "\" is not an argument here. Leave it out."));
			}
		}
		OperationArguments arguments = OperationArguments.exactly(given);
		if (!taken) {
			arguments.requireNone();
		}
		return arguments;
	}

	private static WebEndpointResponse<Map<String, Object>> respond(ProblemDescriptor problem) {
		return new WebEndpointResponse<>(OperationResponseBody.of(JsonFields.of(problem)), problem.status(), PROBLEM);
	}

	// descriptors are also printed where there is no actuator, so that they cannot
	// themselves be what Boot writes with its own mapper
	private static @Nullable Object body(@Nullable Object result) {
		if (result instanceof WebEndpointResponse<?> response && response.getBody() instanceof Record descriptor) {
			return new WebEndpointResponse<>(json(descriptor), response.getStatus(), response.getContentType());
		}
		return (result instanceof Record descriptor) ? json(descriptor) : result;
	}

	private static Map<String, Object> json(Record descriptor) {
		return OperationResponseBody.of(JsonFields.of(descriptor));
	}

	/**
	 * Resolves what the original context resolves.
	 *
	 * @param context the original context
	 */
	private record DelegatingResolver(InvocationContext context) implements OperationArgumentResolver {

		@Override
		public boolean canResolve(Class<?> type) {
			return this.context.canResolve(type);
		}

		@Override
		public <T> @Nullable T resolve(Class<T> type) {
			return this.context.resolveArgument(type);
		}

	}

}
