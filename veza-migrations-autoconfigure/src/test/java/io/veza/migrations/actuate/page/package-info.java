/**
 * Tests of the operator's page in a real browser.
 */
@org.jspecify.annotations.NullMarked
package io.veza.migrations.actuate.page;
