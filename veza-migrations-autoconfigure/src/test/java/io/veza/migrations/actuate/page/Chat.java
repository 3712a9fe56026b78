package io.veza.migrations.actuate.page;

import java.nio.file.Path;

import io.veza.migrations.actuate.TestApplication;
import io.veza.migrations.testsupport.TestDatabase;
import org.springframework.boot.WebApplicationType;

/**
 * A chat service that has been there for some months: twelve of its migrations are
 * applied and two are pending.
 */
final class Chat {

	private static final String ROWS = """
			INSERT INTO users (email, display_name) SELECT 'user' || i || '@example.org', 'User ' || i
			FROM generate_series(1, 1800) i;
			INSERT INTO chat_rooms (name) SELECT 'room ' || i FROM generate_series(1, 40) i;
			INSERT INTO chat_messages (room_id, author_id, body)
			SELECT 1 + i % 40, 1 + i % 1800, 'message ' || i || ' of many' FROM generate_series(1, 20000) i;
			INSERT INTO message_attachments (message_id, file_name, bytes)
			SELECT i * 7, 'picture-' || i || '.png', 1000 + i FROM generate_series(1, 1250) i;
			ANALYZE""";

	/** The audit log is append-only, so that its trigger rests meanwhile. */
	private static final String PAST = """
			CREATE TEMPORARY TABLE past (version, applied_at, ms) AS VALUES
			('001', TIMESTAMP '2026-02-03 09:12:40', 21), ('002', TIMESTAMP '2026-02-05 08:58:02', 14),
			('003', TIMESTAMP '2026-02-24 09:05:11', 12), ('004', TIMESTAMP '2026-02-24 09:05:12', 18),
			('005', TIMESTAMP '2026-03-12 20:31:45', 8420), ('006', TIMESTAMP '2026-04-09 09:02:33', 1260),
			('007', TIMESTAMP '2026-04-23 09:01:17', 16), ('008', TIMESTAMP '2026-05-28 09:03:54', 19),
			('009', TIMESTAMP '2026-07-16 09:04:21', 7), ('010', TIMESTAMP '2026-08-27 09:02:08', 9),
			('011', TIMESTAMP '2026-10-01 20:14:36', 46300), ('012', TIMESTAMP '2026-11-05 09:06:49', 23);
			UPDATE schema_migrations m SET applied_at = p.applied_at, execution_time = p.ms
			FROM past p WHERE p.version = m.version;
			ALTER TABLE schema_migration_events DISABLE TRIGGER USER;
			UPDATE schema_migration_events e SET host = 'chat-7c9f',
				occurred_at = (p.applied_at AT TIME ZONE 'UTC')
					+ CASE e.phase WHEN 'finished' THEN p.ms * INTERVAL '1 ms' ELSE INTERVAL '0' END,
				duration_ms = CASE e.phase WHEN 'finished' THEN p.ms END
			FROM past p WHERE p.version = e.version;
			ALTER TABLE schema_migration_events ENABLE TRIGGER USER""";

	private Chat() {
	}

	/**
	 * Start such a service, which is empty.
	 * @return the application, to be closed
	 */
	static PageApplication start() {
		return PageApplication.start(TestApplication.class, WebApplicationType.SERVLET, TestDatabase.named("chat"),
				Path.of("src", "test", "resources", "chat", "db", "migrations"),
				"veza.migrations.locations=classpath:chat/db/migrations", TestApplication.WITHOUT_SECURITY,
				TestApplication.UNRESTRICTED, "spring.application.name=chat");
	}

	/**
	 * Fill the service, whatever was before.
	 * @param application the application
	 */
	static void fill(PageApplication application) {
		TestDatabase database = application.database();
		database.execute("""
				DROP SCHEMA IF EXISTS veza_backup CASCADE;
				DROP SCHEMA public CASCADE;
				CREATE SCHEMA public""");
		application.migrate("004", "deploy", "release 1.0");
		application.migrate("005", "olga", "rooms open slowly");
		application.migrate("010", "deploy", "release 1.4");
		application.migrate("011", "olga", "search goes live tonight");
		application.migrate("012", "deploy", "release 1.6");
		database.execute(ROWS);
		database.execute(PAST);
	}

}
