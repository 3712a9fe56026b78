package io.veza.migrations.actuate;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.AdditionalPathsMapper;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;

/**
 * Health groups whose readiness group, if there is one, has migrations as a member.
 */
final class ReadinessGroups implements HealthEndpointGroups, AdditionalPathsMapper {

	static final String NAME = "readiness";

	private final HealthEndpointGroups groups;

	private final @Nullable HealthEndpointGroup readiness;

	ReadinessGroups(HealthEndpointGroups groups) {
		this.groups = groups;
		HealthEndpointGroup group = groups.get(NAME);
		this.readiness = (group != null) ? new ReadinessGroup(group) : null;
	}

	@Override
	public HealthEndpointGroup getPrimary() {
		return this.groups.getPrimary();
	}

	@Override
	public Set<String> getNames() {
		return this.groups.getNames();
	}

	@Override
	public @Nullable HealthEndpointGroup get(String name) {
		return NAME.equals(name) ? this.readiness : this.groups.get(name);
	}

	@Override
	public @Nullable List<String> getAdditionalPaths(EndpointId endpointId, WebServerNamespace webServerNamespace) {
		return (this.groups instanceof AdditionalPathsMapper mapper)
				? mapper.getAdditionalPaths(endpointId, webServerNamespace) : null;
	}

}
