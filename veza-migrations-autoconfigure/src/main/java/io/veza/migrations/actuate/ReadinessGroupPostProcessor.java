package io.veza.migrations.actuate;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * A post-processor that adds the health of migrations to the readiness group, unless the
 * user lists the members of that group. It comes after Boot's own post-processor, which
 * adds the group.
 *
 * @since 0.1.0
 */
@Order(Ordered.LOWEST_PRECEDENCE)
public final class ReadinessGroupPostProcessor implements HealthEndpointGroupsPostProcessor {

	private static final String PROPERTIES = "management.endpoint.health.group." + ReadinessGroups.NAME + ".";

	private final Environment environment;

	/**
	 * Create a new instance.
	 * @param environment says whether the user chooses the members
	 */
	public ReadinessGroupPostProcessor(Environment environment) {
		this.environment = environment;
	}

	@Override
	public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
		return isSet("include") || isSet("exclude") ? groups : new ReadinessGroups(groups);
	}

	private boolean isSet(String key) {
		return Binder.get(this.environment).bind(PROPERTIES + key, Bindable.setOf(String.class)).isBound();
	}

}
