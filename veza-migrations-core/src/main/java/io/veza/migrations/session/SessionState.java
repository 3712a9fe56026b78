package io.veza.migrations.session;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.veza.migrations.sql.SqlQuoting;
import io.veza.migrations.sql.SqlStatement;

/**
 * The contents of a session besides its settings. The server lists all of it, so that
 * what a migration leaves behind can be told from what was there before.
 */
public final class SessionState {

	/** Lists what there is, as rows of a kind and a name. */
	static final String LIST = list(EnumSet.allOf(Kind.class));

	/** Lost by {@code DISCARD ALL} and {@code RESET ALL}, like all custom settings. */
	static final String MARK = "pg_catalog.set_config('veza_migrations.session', 'own', false)";

	private static final String MARK_LOST = "pg_catalog.current_setting('veza_migrations.session', true) IS DISTINCT FROM 'own'";

	/** The statements are listed before the first of them changes the lists. */
	private static final String REMOVE = """
			DECLARE
				leftover text;
			BEGIN
				FOREACH leftover IN ARRAY ARRAY(
			%s
				) LOOP
					EXECUTE leftover;
				END LOOP;
			END""";

	/** The transaction has the lock too while the session gives it back and takes it. */
	private static final String RELEASE_OTHER_LOCKS = """
			CASE WHEN pg_catalog.pg_try_advisory_xact_lock(%1$s)
				THEN CASE WHEN pg_catalog.pg_advisory_unlock_all() IS NOT NULL
					THEN pg_catalog.pg_try_advisory_lock(%1$s)
				END
			END""";

	private static final String RELEASE_LOCKS = "pg_catalog.pg_advisory_unlock_all()";

	private static final String RELEASE_NONE = "NULL";

	/** The lock of a run, as {@link Kind#LOCK} names it, and no other. */
	private static final Pattern LOCK_OF_A_RUN = Pattern.compile("ExclusiveLock 1 (\\d+) (\\d+)");

	private static final String REQUIRE = """
			BEGIN
				IF %s THEN
					RAISE EXCEPTION 'A migration has discarded what the session had before';
				END IF;
			END""";

	/**
	 * Things that a statement leaves to later ones of the session, outside of any block.
	 */
	private static final Pattern FOR_LATER = Pattern.compile(
			"(SET(?!\\s+(LOCAL|TRANSACTION|CONSTRAINTS)\\b)|RESET|DISCARD|LISTEN|LOAD|PREPARE(?!\\s+TRANSACTION\\b)"
					+ "|CREATE\\s+((LOCAL|GLOBAL)\\s+)?TEMP(ORARY)?)\\b",
			Pattern.CASE_INSENSITIVE);

	private final Map<Kind, List<String>> names;

	/**
	 * Create a new instance.
	 * @param names the names of what the session holds, by kind, as {@link #LIST} gives
	 * them
	 */
	SessionState(Map<Kind, List<String>> names) {
		this.names = new EnumMap<>(Kind.class);
		this.names.putAll(names);
	}

	/**
	 * Return whether a statement says that it leaves something for later ones.
	 * @param statement the statement
	 * @return whether its first words say so
	 */
	public static boolean isChangedBy(SqlStatement statement) {
		return FOR_LATER.matcher(statement.sql()).lookingAt();
	}

	/**
	 * Return the statement that removes what has been added.
	 * @return the SQL
	 */
	String removeOthers() {
		return block(REMOVE.formatted(Arrays.stream(Kind.values())
			.map((kind) -> "SELECT " + removal(kind) + " FROM " + kind.source + " WHERE " + kind.name + " <> ALL ("
					+ array(kind) + ")" + (discarded(kind) ? " LIMIT 1" : ""))
			.collect(Collectors.joining(")\nUNION ALL\n(", "(", ")"))));
	}

	/**
	 * Return the statement that fails if something is gone that was there. The lock of
	 * the run knows itself whether it is.
	 * @return the SQL
	 */
	String requireAll() {
		return block(REQUIRE.formatted(this.names.keySet()
			.stream()
			.filter((kind) -> kind != Kind.LOCK)
			.map((kind) -> " OR NOT " + array(kind) + " <@ ARRAY(SELECT " + kind.name + "::text FROM " + kind.source
					+ ")")
			.collect(Collectors.joining("", MARK_LOST, ""))));
	}

	/**
	 * Return the list of what a check has to compare: all but what
	 * {@link #releaseOtherLocks} puts back.
	 * @return the SQL
	 */
	String listToCompare() {
		return RELEASE_NONE.equals(releaseOtherLocks()) ? LIST : list(EnumSet.complementOf(EnumSet.of(Kind.LOCK)));
	}

	/**
	 * Return what releases, in a transaction, the advisory locks that have been added.
	 * The server would list those of all sessions, which is far more work, and has to if
	 * the session had another one than that of the run.
	 * @return the SQL of an expression
	 */
	String releaseOtherLocks() {
		List<String> locks = this.names.getOrDefault(Kind.LOCK, List.of());
		if (locks.isEmpty()) {
			return RELEASE_LOCKS;
		}
		Matcher halves = LOCK_OF_A_RUN.matcher(String.join("\n", locks));
		return halves.matches() ? RELEASE_OTHER_LOCKS
			.formatted((Long.parseLong(halves.group(1)) << 32) | Long.parseLong(halves.group(2))) : RELEASE_NONE;
	}

	private static String list(Set<Kind> kinds) {
		return kinds.stream()
			.map((kind) -> "SELECT '" + kind + "' AS kind, " + kind.name + " AS name FROM " + kind.source)
			.collect(Collectors.joining("\nUNION ALL\n"));
	}

	private String removal(Kind kind) {
		return discarded(kind) ? "'DISCARD TEMP'" : kind.removal;
	}

	/** Objects of another role can be discarded, but not dropped. */
	private boolean discarded(Kind kind) {
		return kind == Kind.TEMPORARY && !this.names.containsKey(kind);
	}

	private String array(Kind kind) {
		return this.names.getOrDefault(kind, List.of())
			.stream()
			.map(SqlQuoting::literal)
			.collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
	}

	private static String block(String body) {
		return "DO " + SqlQuoting.literal(body);
	}

	/**
	 * A kind of what a session holds.
	 */
	enum Kind {

		/** {@code PREPARE}, but not what the driver prepares. */
		PREPARED("(SELECT name FROM pg_catalog.pg_prepared_statements WHERE from_sql) s", "name",
				"pg_catalog.format('DEALLOCATE %I', name)"),

		/** {@code LISTEN}. */
		CHANNEL("pg_catalog.pg_listening_channels() AS name", "name", "pg_catalog.format('UNLISTEN %I', name)"),

		/** {@code DECLARE}; the portal without a name is the statement that asks. */
		CURSOR("(SELECT name FROM pg_catalog.pg_cursors WHERE name <> '') c", "name",
				"pg_catalog.format('CLOSE %I', name)"),

		/** Advisory locks, which count how often they were taken. */
		LOCK("""
				(SELECT mode, objsubid, classid::bigint AS upper, objid::bigint AS lower
					FROM pg_catalog.pg_locks
					WHERE locktype = 'advisory' AND pid = pg_catalog.pg_backend_pid() AND granted) l""",
				"pg_catalog.concat_ws(' ', mode, objsubid, upper, lower)", """
						pg_catalog.format('DO $$ BEGIN WHILE pg_catalog.pg_advisory_unlock%s(%s) LOOP END LOOP; END $$',
							CASE mode WHEN 'ShareLock' THEN '_shared' END,
							CASE objsubid
								WHEN 1 THEN ((upper << 32) | lower)::text
								ELSE pg_catalog.concat_ws(', ', upper::oid::int, lower::oid::int)
							END)"""),

		/** Tables, views, functions and all else in the schema of the session. */
		TEMPORARY("""
				(SELECT d.classid, d.objid
					FROM pg_catalog.pg_depend d
					WHERE d.refclassid = 'pg_catalog.pg_namespace'::regclass
						AND d.refobjid = pg_catalog.pg_my_temp_schema()
						AND NOT EXISTS (
							SELECT 1
							FROM pg_catalog.pg_depend part
							WHERE part.classid = d.classid AND part.objid = d.objid
								AND part.refobjid <> part.objid AND part.deptype = 'i')) t""",
				"pg_catalog.concat_ws(' ', classid::oid, objid)", """
						(SELECT pg_catalog.format('DROP %s IF EXISTS %s CASCADE',
								pg_catalog.replace(o.type, 'statistics object', 'statistics'), o.identity)
							FROM pg_catalog.pg_identify_object(classid, objid, 0) o)""");

		private final String source;

		private final String name;

		private final String removal;

		Kind(String source, String name, String removal) {
			this.source = source;
			this.name = name;
			this.removal = removal;
		}

	}

}
