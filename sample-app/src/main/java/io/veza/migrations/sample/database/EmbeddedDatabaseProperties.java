package io.veza.migrations.sample.database;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of the embedded PostgreSQL.
 *
 * @param dataDirectory directory that keeps the data between starts
 */
@ConfigurationProperties("sample.postgres")
record EmbeddedDatabaseProperties(@DefaultValue("sample-app-data") Path dataDirectory) {

}
