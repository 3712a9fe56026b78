package io.veza.migrations.autoconfigure;

import io.veza.migrations.autoconfigure.startup.StartupPhase;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * A condition on {@code veza.migrations.startup-phase}, in all the spellings that binding
 * allows.
 */
final class OnStartupPhaseCondition extends SpringBootCondition {

	private static final String PROPERTY = MigrationsProperties.PREFIX + ".startup-phase";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		StartupPhase required = metadata.getAnnotations()
			.get(ConditionalOnStartupPhase.class)
			.getEnum("value", StartupPhase.class);
		StartupPhase actual = Binder.get(context.getEnvironment())
			.bind(PROPERTY, StartupPhase.class)
			.orElse(StartupPhase.APPLICATION_READY);
		ConditionMessage message = ConditionMessage.forCondition(ConditionalOnStartupPhase.class)
			.because(PROPERTY + " is " + actual);
		return new ConditionOutcome(actual == required, message);
	}

}
