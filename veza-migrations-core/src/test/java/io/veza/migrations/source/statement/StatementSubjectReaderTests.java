package io.veza.migrations.source.statement;

import java.util.stream.Stream;

import io.veza.migrations.source.sections.TestContent;
import io.veza.migrations.source.text.SourceTextCursor;
import io.veza.migrations.sql.SqlStatement;
import io.veza.migrations.sql.StatementSubject;
import io.veza.migrations.sql.StatementSubject.CreatedObject;
import io.veza.migrations.sql.StatementSubject.DetachedPartition;
import io.veza.migrations.sql.StatementSubject.DroppedIndex;
import io.veza.migrations.sql.StatementSubject.DroppedObject;
import io.veza.migrations.sql.StatementSubject.NewIndex;
import io.veza.migrations.sql.StatementSubject.ObjectType;
import io.veza.migrations.sql.StatementSubject.RebuiltIndexes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class StatementSubjectReaderTests {

	static Stream<Arguments> readFindsTheNames() {
		return Stream.of(arguments("CREATE INDEX CONCURRENTLY i ON t (a)", new NewIndex("i", "t", false)),
				arguments("create unique index concurrently Idx on only App . \"T able\" (a)",
						new NewIndex("Idx", "App.\"T able\"", false)),
				arguments("CREATE INDEX CONCURRENTLY ON t USING gin (a)", new NewIndex(null, "t", false)),
				arguments("CREATE INDEX CONCURRENTLY -- why\n IF NOT /* ; */ EXISTS \"i.\"\"x\" ON ä (a)",
						new NewIndex("\"i.\"\"x\"", "ä", true)),
				arguments("CREATE INDEX CONCURRENTLY if ON t (a)", new NewIndex("if", "t", false)),
				arguments("DROP INDEX CONCURRENTLY i", new DroppedIndex("i")),
				arguments("drop index concurrently if exists app.i restrict", new DroppedIndex("app.i")),
				arguments("REINDEX TABLE CONCURRENTLY t", new RebuiltIndexes()),
				arguments("REINDEX (CONCURRENTLY) INDEX i", new RebuiltIndexes()),
				arguments("ALTER TABLE IF EXISTS ONLY app.t * DETACH PARTITION \"p 1\" CONCURRENTLY",
						new DetachedPartition("app.t", "\"p 1\"")),
				arguments("CREATE DATABASE d OWNER o", new CreatedObject(ObjectType.DATABASE, "d")),
				arguments("CREATE TABLESPACE s LOCATION '/x'", new CreatedObject(ObjectType.TABLESPACE, "s")),
				arguments("CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p",
						new CreatedObject(ObjectType.SUBSCRIPTION, "s")),
				arguments("DROP DATABASE IF EXISTS d WITH (FORCE)", new DroppedObject(ObjectType.DATABASE, "d")),
				arguments("DROP SUBSCRIPTION s", new DroppedObject(ObjectType.SUBSCRIPTION, "s")));
	}

	@ParameterizedTest
	@MethodSource
	void readFindsTheNames(String sql, StatementSubject subject) {
		assertThat(read(sql)).isEqualTo(subject);
	}

	@ParameterizedTest
	@ValueSource(strings = { "VACUUM t", "ALTER SYSTEM SET a = 1", "REINDEX SCHEMA s", "CREATE INDEX i ON t (a)",
			"DROP INDEX i", "CREATE INDEX CONCURRENTLY U&\"\\0069\" ON t (a)", "CREATE INDEX CONCURRENTLY i",
			"ALTER TABLE t DETACH PARTITION p", "COMMIT PREPARED 'x'" })
	void readOfWhatTheCatalogsTellNothingAboutFindsNothing(String sql) {
		assertThat(read(sql)).isNull();
	}

	private static @Nullable StatementSubject read(String sql) {
		SourceTextCursor source = SourceTextCursor.open("f.sql", TestContent.of(sql).input());
		try (ScriptStatementReader reader = new ScriptStatementReader(source,
				new SqlStatementScanner(source, CurrentStatementText.kept()))) {
			SqlStatement statement = reader.next();
			return statement.subject();
		}
	}

}
