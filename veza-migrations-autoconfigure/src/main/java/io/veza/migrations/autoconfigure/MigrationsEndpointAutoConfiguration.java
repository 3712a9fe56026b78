package io.veza.migrations.autoconfigure;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.veza.migrations.actuate.DetachedExecution;
import io.veza.migrations.actuate.MigrationDetailsDescriptor;
import io.veza.migrations.actuate.MigrationsDescriptor;
import io.veza.migrations.actuate.MigrationsEndpoint;
import io.veza.migrations.actuate.MigrationsEndpointJmxExtension;
import io.veza.migrations.actuate.MigrationsEndpointWebExtension;
import io.veza.migrations.actuate.PlanDescriptor;
import io.veza.migrations.actuate.ProblemDescriptor;
import io.veza.migrations.actuate.ReportDescriptor;
import io.veza.migrations.actuate.LastStatus;
import io.veza.migrations.actuate.WebOperationAdvisor;
import io.veza.migrations.engine.Migrator;

/**
 * Auto-configuration for the actuator endpoint {@code migrations}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MigrationsAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@EnableConfigurationProperties(MigrationsProperties.class)
public final class MigrationsEndpointAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(Migrator.class)
	@ConditionalOnAvailableEndpoint(MigrationsEndpoint.class)
	@Import(MigrationsStatusConfiguration.class)
	@RegisterReflectionForBinding({ MigrationsDescriptor.class, MigrationDetailsDescriptor.class, PlanDescriptor.class,
			ReportDescriptor.class, ProblemDescriptor.Simple.class, ProblemDescriptor.Several.class,
			ProblemDescriptor.Busy.class, ProblemDescriptor.Failed.class, ProblemDescriptor.Changed.class,
			ProblemDescriptor.Differs.class })
	static class EndpointConfiguration {

		// depends on the migrator so that it is closed, and its operations have ended,
		// before what the migrator needs is closed
		@Bean
		@ConditionalOnMissingBean
		DetachedExecution migrationsDetachedExecution(Migrator migrator) {
			return new DetachedExecution();
		}

		@Bean
		@ConditionalOnMissingBean
		MigrationsEndpoint migrationsEndpoint(Migrator migrator, LastStatus status, DetachedExecution execution,
				EndpointAccessResolver access, MigrationsProperties properties) {
			EndpointId id = EndpointId.of("migrations");
			return new MigrationsEndpoint(migrator, status, execution,
					() -> access.accessFor(id, MigrationsEndpoint.DEFAULT_ACCESS) == Access.UNRESTRICTED,
					properties.rollback().tokenRequired());
		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnAvailableEndpoint(endpoint = MigrationsEndpoint.class, exposure = EndpointExposure.WEB)
		static class WebConfiguration {

			@Bean
			@ConditionalOnMissingBean
			MigrationsEndpointWebExtension migrationsEndpointWebExtension(MigrationsEndpoint endpoint) {
				return new MigrationsEndpointWebExtension(endpoint);
			}

			@Bean
			@ConditionalOnMissingBean
			WebOperationAdvisor migrationsWebOperationAdvisor(LastStatus status) {
				return new WebOperationAdvisor(status);
			}

		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnAvailableEndpoint(endpoint = MigrationsEndpoint.class, exposure = EndpointExposure.JMX)
		static class JmxConfiguration {

			@Bean
			@ConditionalOnMissingBean
			MigrationsEndpointJmxExtension migrationsEndpointJmxExtension(MigrationsEndpoint endpoint) {
				return new MigrationsEndpointJmxExtension(endpoint);
			}

		}

	}

}
