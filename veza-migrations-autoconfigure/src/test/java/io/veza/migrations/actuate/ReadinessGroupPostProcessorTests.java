package io.veza.migrations.actuate;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class ReadinessGroupPostProcessorTests {

	private final MockEnvironment environment = new MockEnvironment();

	private final HealthEndpointGroups groups = HealthEndpointGroups.of(new Group("any"),
			Map.of("readiness", new Group("readinessState")));

	@Test
	void postProcessAddsMigrationsToReadiness() {
		HealthEndpointGroup group = postProcess(this.groups).get("readiness");

		assertThat(group.isMember("migrations")).isTrue();
		assertThat(group.isMember("readinessState")).isTrue();
		assertThat(group.isMember("db")).isFalse();
		assertThat(group.getAdditionalPath()).isEqualTo(Group.PATH);
	}

	@Test
	void postProcessWhenUserIncludesMembersChangesNothing() {
		this.environment.setProperty("management.endpoint.health.group.readiness.include[0]", "readinessState");

		assertThat(postProcess(this.groups)).isSameAs(this.groups);
	}

	@Test
	void postProcessWhenUserExcludesMembersChangesNothing() {
		this.environment.setProperty("management.endpoint.health.group.readiness.exclude", "migrations");

		assertThat(postProcess(this.groups)).isSameAs(this.groups);
	}

	@Test
	void postProcessWithoutReadinessGroupAddsNone() {
		HealthEndpointGroups none = postProcess(HealthEndpointGroups.of(new Group("any"), Map.of()));

		assertThat(none.getNames()).isEmpty();
		assertThat(none.get("readiness")).isNull();
	}

	private HealthEndpointGroups postProcess(HealthEndpointGroups groups) {
		return new ReadinessGroupPostProcessor(this.environment).postProcessHealthEndpointGroups(groups);
	}

	private record Group(String member) implements HealthEndpointGroup {

		private static final AdditionalHealthEndpointPath PATH = AdditionalHealthEndpointPath.from("server:/readyz");

		@Override
		public boolean isMember(String name) {
			return this.member.equals(name);
		}

		@Override
		public boolean showComponents(SecurityContext securityContext) {
			return false;
		}

		@Override
		public boolean showDetails(SecurityContext securityContext) {
			return false;
		}

		@Override
		public StatusAggregator getStatusAggregator() {
			return StatusAggregator.getDefault();
		}

		@Override
		public HttpCodeStatusMapper getHttpCodeStatusMapper() {
			return (status) -> 200;
		}

		@Override
		public AdditionalHealthEndpointPath getAdditionalPath() {
			return PATH;
		}

	}

}
