package io.veza.migrations.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase.Replace;
import org.springframework.boot.jpa.test.autoconfigure.TestEntityManager;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@DataJpaTest(properties = { "spring.jpa.hibernate.ddl-auto=validate",
		"veza.migrations.startup-phase=database-initialization" })
@AutoConfigureTestDatabase(replace = Replace.NONE)
class DataJpaTestValidatingIntegrationTests {

	@Autowired
	private TestEntityManager entityManager;

	@DynamicPropertySource
	static void database(DynamicPropertyRegistry properties) {
		SliceDatabase.register(properties);
	}

	@Test
	void sliceIsMigratedBeforeHibernateValidates() {
		assertThat(this.entityManager.find(Person.class, 1L).name()).isEqualTo("Eva");
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
