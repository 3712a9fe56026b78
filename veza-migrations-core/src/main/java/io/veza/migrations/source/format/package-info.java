/**
 * The seam for file formats: whatever the files of a location look like, migrations come
 * out. A format is a package beside this one that implements {@link MigrationFileFormat},
 * such as {@code source.sections}, which is our own. Not API.
 */
@NullMarked
package io.veza.migrations.source.format;

import org.jspecify.annotations.NullMarked;
