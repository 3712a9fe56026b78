package io.veza.migrations.autoconfigure;

import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.container.ContainerImageMetadata;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * A selector of the database to migrate: a qualified DataSource, else the connection of
 * the properties, else the application's only or primary DataSource.
 */
final class MigratedDatabaseSelector {

	private static final Logger logger = LoggerFactory.getLogger(MigratedDatabaseSelector.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final ObjectProvider<DataSource> qualified;

	private final ObjectProvider<DataSource> candidates;

	private final ObjectProvider<JdbcConnectionDetails> connectionDetails;

	MigratedDatabaseSelector(ConfigurableListableBeanFactory beanFactory, ObjectProvider<DataSource> qualified,
			ObjectProvider<DataSource> candidates, ObjectProvider<JdbcConnectionDetails> connectionDetails) {
		this.beanFactory = beanFactory;
		this.qualified = qualified;
		this.candidates = candidates;
		this.connectionDetails = connectionDetails;
	}

	MigratedDatabase select(MigrationsProperties properties) {
		DataSource marked = marked();
		if (marked != null) {
			return new MigratedDatabase(marked, null);
		}
		boolean own = properties.url() != null || properties.username() != null;
		if (own && isInContainer()) {
			logger.info("Migrating the container of the application's service connection; "
					+ "veza.migrations.url, username and password are not used");
			own = false;
		}
		return own ? ofProperties(properties) : ofApplication();
	}

	private @Nullable DataSource marked() {
		DataSource marked = this.qualified.getIfUnique();
		if (marked == null && this.qualified.stream().findAny().isPresent()) {
			throw DataSourceSelectionException.severalQualified(names().stream().filter(this::isMarked).toList());
		}
		return marked;
	}

	private MigratedDatabase ofProperties(MigrationsProperties properties) {
		if (properties.url() != null) {
			return new MigratedDatabase(DataSourceBuilder.create()
				.type(SimpleDriverDataSource.class)
				.url(properties.url())
				.username(properties.username())
				.password(properties.password())
				.build(), null);
		}
		DataSource application = ofApplication().connections();
		return new MigratedDatabase(DataSourceBuilder.derivedFrom(application)
			.type(SimpleDriverDataSource.class)
			.username(properties.username())
			.password(properties.password())
			.build(), application);
	}

	private MigratedDatabase ofApplication() {
		DataSource application = this.candidates.getIfUnique();
		if (application != null) {
			return new MigratedDatabase(application, application);
		}
		List<String> names = names();
		if (!names.isEmpty()) {
			throw DataSourceSelectionException.several(names);
		}
		JdbcConnectionDetails details = this.connectionDetails.getIfUnique();
		if (details == null) {
			throw DataSourceSelectionException.none();
		}
		return ofConnectionDetails(details);
	}

	// a reactive application has connection details but no DataSource
	private MigratedDatabase ofConnectionDetails(JdbcConnectionDetails details) {
		return new MigratedDatabase(DataSourceBuilder.create()
			.type(SimpleDriverDataSource.class)
			.driverClassName(details.getDriverClassName())
			.url(details.getJdbcUrl())
			.username(details.getUsername())
			.password(details.getPassword())
			.build(), null);
	}

	// like Boot's own service connections, a container comes before properties, so that a
	// test never migrates the database that they name
	private boolean isInContainer() {
		return List.of(this.beanFactory.getBeanNamesForType(JdbcConnectionDetails.class, true, false))
			.stream()
			.filter(this.beanFactory::containsBeanDefinition)
			.map(this.beanFactory::getBeanDefinition)
			.anyMatch(ContainerImageMetadata::isPresent);
	}

	private List<String> names() {
		return List
			.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, DataSource.class, true, false));
	}

	private boolean isMarked(String beanName) {
		return this.beanFactory.findAnnotationOnBean(beanName, MigrationsDataSource.class, false) != null;
	}

}
