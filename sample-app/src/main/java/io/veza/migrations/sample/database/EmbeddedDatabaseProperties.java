package io.veza.migrations.sample.database;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the embedded PostgreSQL lives.
 *
 * @param dataDirectory directory that keeps the data between starts
 */
@ConfigurationProperties("sample.postgres")
record EmbeddedDatabaseProperties(@DefaultValue("sample-app-data") Path dataDirectory) {

}
