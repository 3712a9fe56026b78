package io.veza.migrations.autoconfigure;

import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class OtherToolsWarningTests {

	private final DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();

	@ParameterizedTest
	@CsvSource({ "org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer, Flyway, spring.flyway",
			"liquibase.integration.spring.SpringLiquibase, Liquibase, spring.liquibase" })
	void otherToolIsNamedWithTheWayOut(String type, String name, String prefix, CapturedOutput output) {
		Class<?> beanType = subclassOf(type);
		this.beanFactory.setBeanClassLoader(beanType.getClassLoader());
		this.beanFactory.registerBeanDefinition("other", new RootBeanDefinition(beanType));

		new OtherToolsWarning(this.beanFactory).afterSingletonsInstantiated();

		assertThat(output).containsOnlyOnce("Veza Migrations and " + name
				+ " both migrate when this application starts, " + name + " first. If only one of them should, set "
				+ prefix + ".enabled=false or veza.migrations.enabled=false");
	}

	@Test
	void noOtherToolIsNotMentioned(CapturedOutput output) {
		this.beanFactory.registerBeanDefinition("other", new RootBeanDefinition(String.class));

		new OtherToolsWarning(this.beanFactory).afterSingletonsInstantiated();

		assertThat(output).doesNotContain("both migrate");
	}

	private static Class<?> subclassOf(String name) {
		Class<?> type = new ByteBuddy().subclass(Object.class).name(name).make().load(null).getLoaded();
		return new ByteBuddy().subclass(type).make().load(type.getClassLoader()).getLoaded();
	}

}
