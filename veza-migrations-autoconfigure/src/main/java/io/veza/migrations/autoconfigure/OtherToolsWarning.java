package io.veza.migrations.autoconfigure;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * A warning that another tool migrates at the same start. That is legitimate during a
 * move, and an accident otherwise.
 */
final class OtherToolsWarning implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(OtherToolsWarning.class);

	private static final List<MigrationTool> TOOLS = List.of(
			new MigrationTool("Flyway", "org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer",
					"spring.flyway.enabled"),
			new MigrationTool("Liquibase", "liquibase.integration.spring.SpringLiquibase", "spring.liquibase.enabled"));

	private final ConfigurableListableBeanFactory beanFactory;

	OtherToolsWarning(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public void afterSingletonsInstantiated() {
		TOOLS.stream().filter(this::isActive).forEach(this::warn);
	}

	private boolean isActive(MigrationTool tool) {
		ClassLoader classLoader = this.beanFactory.getBeanClassLoader();
		return ClassUtils.isPresent(tool.beanType(), classLoader) && this.beanFactory
			.getBeanNamesForType(ClassUtils.resolveClassName(tool.beanType(), classLoader), true, false).length > 0;
	}

	private void warn(MigrationTool tool) {
		logger.warn(
				"Veza Migrations and {} both migrate when this application starts, {} first. "
						+ "If only one of them should, set {}=false or veza.migrations.enabled=false",
				tool.name(), tool.name(), tool.property());
	}

	/**
	 * A migration tool with a Spring Boot integration.
	 *
	 * @param name what people call it
	 * @param beanType the class of the bean that migrates
	 * @param property the property that turns it off
	 */
	private record MigrationTool(String name, String beanType, String property) {
	}

}
