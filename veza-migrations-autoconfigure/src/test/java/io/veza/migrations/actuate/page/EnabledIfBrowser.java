package io.veza.migrations.actuate.page;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks tests that need the {@link Browser}, which are skipped where it is not installed,
 * and gives each a fresh window of it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(value = "io.veza.migrations.actuate.page.Browser#isInstalled",
		disabledReason = "Chromium or its driver is not installed")
@ExtendWith(FreshWindow.class)
@interface EnabledIfBrowser {

}
