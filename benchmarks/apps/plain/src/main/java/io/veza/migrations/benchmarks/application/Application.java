package io.veza.migrations.benchmarks.application;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A small web application with a database, which it uses before it is ready: what a
 * migration tool adds is then not the first connection.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class Application {

	/**
	 * Start it.
	 * @param arguments properties of Spring Boot
	 */
	public static void main(String[] arguments) {
		SpringApplication.run(Application.class, arguments);
	}

	@Bean
	ApplicationRunner databaseCheck(JdbcTemplate database) {
		return (arguments) -> database.queryForObject("SELECT 1", Integer.class);
	}

	@Bean
	ReadyLine readyLine() {
		return new ReadyLine();
	}

}
