package io.veza.migrations.autoconfigure.rehearsal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.veza.migrations.rehearsal.scratch.ServerAccess;
import io.veza.migrations.rehearsal.scratch.ServerAccessResolver;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeansException;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * The resolver for each kind of {@code DataSource} that Spring Boot can derive another
 * one from, and for those that wrap one.
 */
public final class DerivedServerAccessResolver implements ServerAccessResolver {

	/** Boot reads neither the password of Tomcat's pool nor that of DBCP2. */
	private static final List<String> PASSWORDS = List.of("poolProperties.password", "password");

	/** Getters of routing and pooling DataSources, and of wrappers of other libraries. */
	private static final List<String> INNER = List.of("resolvedDefaultDataSource", "dataSource", "realDataSource",
			"delegate");

	/** A pool that has no user of its own takes that of what it wraps. */
	@Override
	public Optional<ServerAccess> resolve(String url, DataSource dataSource) {
		DataSource root = DataSourceUnwrapper.unwrapRoot(dataSource);
		BeanWrapper bean = PropertyAccessorFactory.forBeanPropertyAccess(root);
		Optional<ServerAccess> own = derive(url, root, bean);
		if (own.isPresent() && own.get().username() != null) {
			return own;
		}
		return values(bean, INNER, DataSource.class).filter((inner) -> inner != root)
			.flatMap((inner) -> resolve(url, inner).stream())
			.findFirst()
			.or(() -> own);
	}

	private static Optional<ServerAccess> derive(String url, DataSource dataSource, BeanWrapper bean) {
		try {
			SimpleDriverDataSource derived = DataSourceBuilder.derivedFrom(dataSource)
				.type(SimpleDriverDataSource.class)
				.password(values(bean, PASSWORDS, String.class).findFirst().orElse(null))
				.build();
			return Optional.of(new ServerAccess(url, derived.getUsername(), derived.getPassword()));
		}
		catch (RuntimeException ex) {
			// Boot does not know this kind, or its getters fail
			return Optional.empty();
		}
	}

	private static <T> Stream<T> values(BeanWrapper bean, List<String> properties, Class<T> type) {
		return properties.stream()
			.flatMap((property) -> value(bean, property).stream())
			.filter(type::isInstance)
			.map(type::cast);
	}

	private static Optional<Object> value(BeanWrapper bean, String property) {
		try {
			return bean.isReadableProperty(property) ? Optional.ofNullable(bean.getPropertyValue(property))
					: Optional.empty();
		}
		catch (BeansException ex) {
			return Optional.empty();
		}
	}

}
