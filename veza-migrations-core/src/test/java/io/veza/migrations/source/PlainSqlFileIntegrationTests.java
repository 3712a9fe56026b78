package io.veza.migrations.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.SqlStatement.Kind;
import io.veza.migrations.sql.StatementReader;
import io.veza.migrations.testsupport.EnabledIfPgDump;
import io.veza.migrations.testsupport.PostgresPrograms;
import io.veza.migrations.testsupport.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledIfPgDump
class PlainSqlFileIntegrationTests {

	private static final String SCHEMA = """
			CREATE SCHEMA app;
			CREATE TABLE app.users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text DEFAULT ';-- UP');
			CREATE TABLE app.posts (id serial PRIMARY KEY, user_id bigint REFERENCES app.users, body text);
			CREATE FUNCTION app.f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
			CREATE VIEW app.v AS SELECT u.name, count(*) FROM app.users u JOIN app.posts p ON p.user_id = u.id GROUP BY 1;
			COMMENT ON VIEW app.v IS E'a;\\n-- DOWN\\nb';
			INSERT INTO app.users (name) VALUES (E'tab\\t\\n\\\\.'), (NULL), ('');
			INSERT INTO app.posts (user_id, body) SELECT 1, i::text FROM generate_series(1, 1000) i""";

	private static final String BODY = "CREATE FUNCTION app.g() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END";

	@ParameterizedTest
	@ValueSource(strings = { "--schema-only", "--format=plain", "--inserts" })
	void dumpIsRestored(String option) throws SQLException, IOException {
		TestDatabase source = TestDatabase.create(PostgresPrograms.server(), "template0");
		TestDatabase target = TestDatabase.create(PostgresPrograms.server(), "template0");
		source.execute(SCHEMA);
		source.execute(BODY);
		String dump = PostgresPrograms.run(source, "pg_dump", option);

		run(dump, target);

		assertThat(plain(PostgresPrograms.run(target, "pg_dump", option))).isEqualTo(plain(dump));
		source.drop();
		target.drop();
	}

	/** The token of {@code \\restrict} is another one each time. */
	private static String plain(String dump) {
		return dump.replaceAll("(?m)^\\\\(un)?restrict .*$", "");
	}

	private static void run(String dump, TestDatabase target) throws SQLException, IOException {
		PlainSqlFile file = new PlainSqlFile(new ByteArrayResource(dump.getBytes(StandardCharsets.UTF_8)), "dump.sql");
		try (Connection connection = target.connect();
				Statement statement = connection.createStatement();
				StatementReader reader = file.script().open()) {
			statement.setEscapeProcessing(false);
			while (reader.hasNext()) {
				SqlStatement next = reader.next();
				if (next.kind() == Kind.COPY_FROM_STDIN) {
					connection.unwrap(PGConnection.class).getCopyAPI().copyIn(next.sql(), reader.copyData());
				}
				else {
					statement.execute(next.sql());
				}
			}
		}
	}

}
