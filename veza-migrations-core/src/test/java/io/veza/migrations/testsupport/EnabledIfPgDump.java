package io.veza.migrations.testsupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Marks tests that need {@link PostgresPrograms} and are skipped where they are not
 * installed.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(value = "io.veza.migrations.testsupport.PostgresPrograms#areInstalled",
		disabledReason = "The programs of PostgreSQL are not installed")
public @interface EnabledIfPgDump {

}
