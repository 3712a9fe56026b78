package io.veza.migrations.backup.pgdump;

import java.util.Map;

import io.veza.migrations.failure.BackupFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.HostSpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PgDumpLoginTests {

	private static final PgDumpPeer PEER = new PgDumpPeer("jdbc:other:x", new HostSpec("second", 5434), "ann", "shop",
			"15.1", 15, false);

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					jdbc:postgresql://db.example/chat                 | db.example | 5432      | chat
					jdbc:postgresql://db.example:6543/my%20db?ssl=false | db.example | 6543    | my db
					jdbc:postgresql:///chat                           | localhost  | 5432      | chat
					jdbc:postgresql:chat                              | localhost  | 5432      | chat
					jdbc:postgresql://db/                             | db         | 5432      | shop
					jdbc:postgresql://[::1]:5433/chat?currentSchema=x | ::1        | 5433      | chat
					jdbc:postgresql://first:5433,second:5434/chat     | second     | 5434      | chat
					jdbc:postgresql:chat?socketFactory=org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg&socketFactoryArg=/run/pg/.s.PGSQL.5435 | /run/pg | 5435 | chat
					""")
	void ofReadsTheAddressAsTheDriverDoes(String url, String host, String port, String database) {
		assertThat(variables(url, null, null)).containsEntry("PGHOST", host)
			.containsEntry("PGPORT", port)
			.containsEntry("PGDATABASE", database);
	}

	@Test
	void ofWhenDriverDoesNotSayWhereItIsLeavesTheHostsToLibpq() {
		PgDumpPeer unknown = new PgDumpPeer(null, null, "ann", "shop", "15.1", 15, false);

		assertThat(PgDumpLogin.of(new PgDumpTarget("jdbc:postgresql://a:1,b:2/chat", null, null, null), unknown)
			.variables()).containsEntry("PGHOST", "a,b").containsEntry("PGPORT", "1,2");
	}

	@Test
	void ofWhenDriverIsWrappedReadsTheUrlOfTheDriverItself() {
		PgDumpPeer wrapped = new PgDumpPeer("jdbc:postgresql://db:6432/chat", null, "ann", "chat", "15.1", 15, false);

		assertThat(
				PgDumpLogin.of(new PgDumpTarget("jdbc:p6spy:postgresql://x/y", "eve", "e", null), wrapped).variables())
			.containsEntry("PGHOST", "db")
			.containsEntry("PGPORT", "6432")
			.containsEntry("PGUSER", "eve");
	}

	@Test
	void ofWhenUserAndPasswordAreGivenTakesThemFirst() {
		assertThat(variables("jdbc:postgresql://db/chat?user=bob&password=b%26b", "eve", "e"))
			.containsEntry("PGUSER", "eve")
			.containsEntry("PGPASSWORD", "e");
		assertThat(variables("jdbc:postgresql://db/chat?user=bob&password=b%26b", null, null))
			.containsEntry("PGUSER", "bob")
			.containsEntry("PGPASSWORD", "b&b");
		assertThat(variables("jdbc:postgresql://db/chat", null, null)).containsEntry("PGUSER", "ann")
			.doesNotContainKey("PGPASSWORD");
	}

	@Test
	void ofLeavesOutWhatOnlyTheDriverUnderstands() {
		assertThat(variables("jdbc:postgresql://db/chat?gssEncMode=allow", null, null))
			.doesNotContainKey("PGGSSENCMODE");
	}

	@Test
	void ofPassesWhatLibpqUnderstands() {
		assertThat(variables("jdbc:postgresql://db/chat?options=-c%20a%3Db&channelBinding=require&gssEncMode=disable"
				+ "&kerberosServerName=pg&sslNegotiation=direct", null, null))
			.containsEntry("PGOPTIONS", "-c a=b")
			.containsEntry("PGCHANNELBINDING", "require")
			.containsEntry("PGGSSENCMODE", "disable")
			.containsEntry("PGKRBSRVNAME", "pg")
			.containsEntry("PGSSLNEGOTIATION", "direct");
	}

	@ParameterizedTest
	@CsvSource({ "sslmode=disable, disable", "sslmode=verify-ca, verify-ca", "ssl=true, verify-full",
			"ssl=true&sslmode=require, require", "ssl=true&sslfactory=org.postgresql.ssl.NonValidatingFactory, require",
			"sslmode=prefer&sslfactory=org.postgresql.ssl.LibPQFactory, prefer" })
	void ofAsksForTheSameEncryption(String parameters, String mode) {
		assertThat(variables("jdbc:postgresql://db/chat?" + parameters, null, null)).containsEntry("PGSSLMODE", mode);
	}

	@Test
	void ofWhenUrlSaysNothingOfEncryptionLeavesItToLibpq() {
		assertThat(variables("jdbc:postgresql://db/chat", null, null)).doesNotContainKey("PGSSLMODE");
	}

	@Test
	void ofPassesTheFilesOfCertificatesAndKeys() {
		assertThat(
				variables("jdbc:postgresql://db/chat?sslrootcert=/ca.crt&sslcert=/me.crt&sslkey=/me.KEY", null, null))
			.containsEntry("PGSSLROOTCERT", "/ca.crt")
			.containsEntry("PGSSLCERT", "/me.crt")
			.containsEntry("PGSSLKEY", "/me.KEY");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					sslkey=/me.pk8                     | pg_dump cannot read the key "/me.pk8" that sslkey names
					sslkey=/me.p12                     | pg_dump cannot read the key "/me.p12" that sslkey names
					sslkey=/me.pem&sslpassword=s3cret  | pg_dump cannot read the key "/me.pem" that sslkey names
					sslfactory=com.example.Tls         | names the sslfactory "com.example.Tls", which pg_dump does not know
					sslmode=maybe                      | asks for an encryption that is unknown
					socketFactory=com.example.Sockets&socketFactoryArg=s3cret | names a socketFactory, through which pg_dump cannot connect
					""")
	void ofWhenLibpqCannotConnectSoIsRefused(String parameters, String problem) {
		assertThatExceptionOfType(BackupFailedException.class)
			.isThrownBy(() -> variables("jdbc:postgresql://db/chat?" + parameters, null, null))
			.withMessageContaining(problem)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("s3cret"));
	}

	@Test
	void ofWhenUrlIsOfAnotherDatabaseIsRefusedWithoutShowingIt() {
		assertThatExceptionOfType(BackupFailedException.class)
			.isThrownBy(() -> variables("jdbc:other://db/chat?password=s3cret", null, null))
			.withMessageStartingWith("The JDBC URL of the database is not one that the PostgreSQL driver reads. Write")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("s3cret"));
	}

	@Test
	void secretIsThePasswordOrTheInheritedOne() {
		PgDumpLogin known = new PgDumpLogin(Map.of("PGPASSWORD", "a"));
		PgDumpLogin unknown = new PgDumpLogin(Map.of());

		assertThat(known.secret(Map.of("PGPASSWORD", "b"))).isEqualTo("a");
		assertThat(unknown.secret(Map.of("PGPASSWORD", "b"))).isEqualTo("b");
		assertThat(unknown.secret(Map.of())).isNull();
	}

	@Test
	void toStringShowsNoPassword() {
		PgDumpTarget target = new PgDumpTarget("jdbc:postgresql://db/chat?password=s3cret", "ann", "s3cret", null);

		assertThat(target).asString().doesNotContain("s3cret");
		assertThat(PgDumpLogin.of(target, PEER)).asString().doesNotContain("s3cret").contains("PGPASSWORD");
	}

	private static Map<String, String> variables(String url, String username, String password) {
		return PgDumpLogin.of(new PgDumpTarget(url, username, password, null), PEER).variables();
	}

}
