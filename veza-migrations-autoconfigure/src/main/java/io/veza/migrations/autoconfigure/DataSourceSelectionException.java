package io.veza.migrations.autoconfigure;

import java.util.List;
import java.util.stream.Collectors;

import org.springframework.boot.ExitCodeGenerator;

/**
 * DataSource beans among which the one to migrate is not clear.
 */
final class DataSourceSelectionException extends RuntimeException implements ExitCodeGenerator {

	private static final long serialVersionUID = 1L;

	private final String action;

	private DataSourceSelectionException(String description, String action) {
		super(description);
		this.action = action;
	}

	static DataSourceSelectionException several(List<String> beanNames) {
		return new DataSourceSelectionException(
				"There are " + beanNames.size() + " DataSource beans and none is primary: " + quoted(beanNames) + ".",
				"Mark the one to migrate with @MigrationsDataSource or @Primary, or set veza.migrations.url.");
	}

	static DataSourceSelectionException severalQualified(List<String> beanNames) {
		return new DataSourceSelectionException("There are " + beanNames.size()
				+ " DataSource beans with @MigrationsDataSource: " + quoted(beanNames) + ".",
				"Leave the annotation on the one to migrate.");
	}

	static DataSourceSelectionException none() {
		return new DataSourceSelectionException("There is no DataSource bean and veza.migrations.url is not set.",
				"Set veza.migrations.url, define a DataSource bean, or set veza.migrations.enabled=false.");
	}

	private static String quoted(List<String> beanNames) {
		return beanNames.stream().map((name) -> "\"" + name + "\"").collect(Collectors.joining(", "));
	}

	String action() {
		return this.action;
	}

	@Override
	public int getExitCode() {
		return 2;
	}

}
