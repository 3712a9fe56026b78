package io.veza.migrations.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.veza.migrations.autoconfigure.MigrationsProperties.StartupPhase;

import org.springframework.context.annotation.Conditional;

/**
 * Matches when migrations run in a phase of the start.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnStartupPhaseCondition.class)
@interface ConditionalOnStartupPhase {

	/**
	 * Return the phase.
	 * @return the phase
	 */
	StartupPhase value();

}
