package io.veza.migrations.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.veza.migrations.autoconfigure.startup.StartupPhase;
import org.springframework.context.annotation.Conditional;

/**
 * A condition on the phase of the start in which migrations run.
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
