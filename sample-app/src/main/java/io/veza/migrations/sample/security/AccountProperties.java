package io.veza.migrations.sample.security;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Passwords of the two accounts of the sample.
 *
 * @param viewerPassword password of the account "viewer"
 * @param operatorPassword password of the account "operator"
 */
@ConfigurationProperties("sample.security")
record AccountProperties(String viewerPassword, String operatorPassword) {

}
