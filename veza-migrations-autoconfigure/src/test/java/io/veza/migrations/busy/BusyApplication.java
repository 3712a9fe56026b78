package io.veza.migrations.busy;

import io.veza.migrations.busy.BusyApplication.Customer;
import jakarta.annotation.PostConstruct;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * A web application with JPA, Spring Security, a scheduler and whatever else begins to
 * work at a start; each says so on the standard output.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableScheduling
@EnableJpaRepositories(considerNestedRepositories = true)
@EntityScan(basePackageClasses = Customer.class)
public class BusyApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(BusyApplication.class, arguments);
	}

	@Bean
	Worker worker(Customers customers) {
		return new Worker(customers);
	}

	@Bean
	static LazyInitializationExcludeFilter eagerWorker() {
		return LazyInitializationExcludeFilter.forBeanTypes(Worker.class, SmartLifecycle.class);
	}

	@Bean
	SmartInitializingSingleton singleton(Customers customers) {
		return () -> System.out.println("started: singleton");
	}

	@Bean
	ApplicationRunner applicationRunner() {
		return (arguments) -> System.out.println("started: application runner");
	}

	@Bean
	CommandLineRunner commandLineRunner() {
		return (arguments) -> System.out.println("started: command line runner");
	}

	@Bean
	SmartLifecycle lifecycle() {
		return new SmartLifecycle() {

			@Override
			public void start() {
				System.out.println("started: lifecycle");
			}

			@Override
			public void stop() {
			}

			@Override
			public boolean isRunning() {
				return false;
			}

		};
	}

	/**
	 * A service that does something at every occasion.
	 */
	static class Worker {

		Worker(Customers customers) {
			System.out.println("started: worker with " + customers.count() + " customers");
		}

		@PostConstruct
		void construct() {
			System.out.println("started: post construct");
		}

		@Scheduled(fixedRate = 1)
		void tick() {
			System.out.println("started: schedule");
		}

		@EventListener({ ContextRefreshedEvent.class, ApplicationStartedEvent.class, ApplicationReadyEvent.class,
				ContextClosedEvent.class })
		void listen(Object event) {
			System.out.println("started: listener");
		}

	}

	/**
	 * A table that the migrations make, and that JPA looks for at its start.
	 */
	@Entity
	@Table(name = "customer")
	static class Customer {

		@Id
		Long id;

	}

	interface Customers extends JpaRepository<Customer, Long> {

	}

}
