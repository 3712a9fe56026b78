/**
 * What tests of several packages share: the server, databases, migration folders.
 */
@org.jspecify.annotations.NullMarked
package io.veza.migrations.testsupport;
