package io.veza.migrations.autoconfigure;

import io.veza.migrations.actuate.DetachedExecution;
import io.veza.migrations.actuate.LastKnownStatus;
import io.veza.migrations.actuate.MigrationsEndpoint;
import io.veza.migrations.actuate.MigrationsEndpointJmxExtension;
import io.veza.migrations.actuate.MigrationsEndpointWebExtension;
import io.veza.migrations.actuate.OperatorPage;
import io.veza.migrations.actuate.WebOperationAdvisor;
import io.veza.migrations.actuate.descriptor.MigrationDetailsDescriptor;
import io.veza.migrations.actuate.descriptor.MigrationsDescriptor;
import io.veza.migrations.actuate.descriptor.PlanDescriptor;
import io.veza.migrations.actuate.descriptor.ProblemDescriptor;
import io.veza.migrations.actuate.descriptor.ReportDescriptor;
import io.veza.migrations.engine.Migrator;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for the actuator endpoint {@code migrations}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MigrationsAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@EnableConfigurationProperties(MigrationsProperties.class)
public final class MigrationsEndpointAutoConfiguration {

	private static final EndpointId ENDPOINT = EndpointId.of("migrations");

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(Migrator.class)
	@ConditionalOnAvailableEndpoint(MigrationsEndpoint.class)
	@Import(MigrationsStatusConfiguration.class)
	@RegisterReflectionForBinding({ MigrationsDescriptor.class, MigrationDetailsDescriptor.class, PlanDescriptor.class,
			ReportDescriptor.class, ProblemDescriptor.PlainProblem.class, ProblemDescriptor.ListedProblems.class,
			ProblemDescriptor.BusyProblem.class, ProblemDescriptor.MigrationFailedProblem.class,
			ProblemDescriptor.PlanChangedProblem.class, ProblemDescriptor.VerificationProblem.class,
			ProblemDescriptor.HistoryFailedProblem.class })
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
		MigrationsEndpoint migrationsEndpoint(Migrator migrator, LastKnownStatus status, DetachedExecution execution,
				EndpointAccessResolver access, MigrationsProperties properties) {
			return new MigrationsEndpoint(migrator, status, execution,
					() -> access.accessFor(ENDPOINT, MigrationsEndpoint.DEFAULT_ACCESS) == Access.UNRESTRICTED,
					properties.rollback().tokenRequired());
		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnAvailableEndpoint(endpoint = MigrationsEndpoint.class, exposure = EndpointExposure.WEB)
		@ImportRuntimeHints(OperatorPageRuntimeHints.class)
		static class WebConfiguration {

			// the paths are found out by asking for all endpoints, this one among them:
			// they are not there yet
			@Bean
			@ConditionalOnMissingBean
			OperatorPage migrationsOperatorPage(ObjectProvider<PathMappedEndpoints> endpoints,
					Environment environment) {
				return new OperatorPage(() -> path(endpoints.getObject()),
						environment.getProperty("spring.application.name", ""));
			}

			@Bean
			@ConditionalOnMissingBean
			MigrationsEndpointWebExtension migrationsEndpointWebExtension(MigrationsEndpoint endpoint,
					OperatorPage page) {
				return new MigrationsEndpointWebExtension(endpoint, page);
			}

			@Bean
			@ConditionalOnMissingBean
			WebOperationAdvisor migrationsWebOperationAdvisor(LastKnownStatus status) {
				return new WebOperationAdvisor(status);
			}

			private static String path(PathMappedEndpoints endpoints) {
				String path = endpoints.getPath(ENDPOINT);
				return (path != null) ? path : ENDPOINT.toString();
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

	/**
	 * Takes the operator's page into a native image.
	 */
	static final class OperatorPageRuntimeHints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			hints.resources()
				.registerPattern("io/veza/migrations/actuate/page.*")
				.registerPattern("io/veza/migrations/actuate/*.js");
		}

	}

}
