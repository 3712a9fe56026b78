package io.veza.migrations.testsupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Marks tests that need {@link PgBouncer} and are skipped where it is not installed.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(value = "io.veza.migrations.testsupport.PgBouncer#isInstalled",
		disabledReason = "PgBouncer is not installed")
public @interface EnabledIfPgBouncer {

}
