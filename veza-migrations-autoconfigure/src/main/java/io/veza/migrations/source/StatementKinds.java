package io.veza.migrations.source;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.veza.migrations.SqlStatement.Kind;

/**
 * Recognises from the first tokens of a statement what matters about it for running it.
 * What refuses a transaction block are the calls of {@code PreventInTransactionBlock} in
 * the server's source.
 */
final class StatementKinds {

	private static final String NAME = "[^ ]+( \\. [^ ]+)*";

	private static final String TABLE = "ALTER TABLE (IF EXISTS )?(ONLY )?" + NAME + "( \\*)? ";

	private static final String NO = "( =)? (FALSE|OFF|0)\\b.*";

	private static final String OPTIONS = "(\\( .* \\) )?";

	private static final List<Rule> QUERY = List.of(new Rule(Kind.QUERY, ".*"));

	private static final Map<String, List<Rule>> RULES = Map.ofEntries(Map.entry("(", QUERY),
			Map.entry("SELECT", QUERY), Map.entry("TABLE", QUERY), Map.entry("VALUES", QUERY), Map.entry("WITH", QUERY),
			Map.entry("ABORT", List.of(new Rule(Kind.ROLLBACK, ".*"))),
			Map.entry("ALTER", List.of(new Rule(Kind.REFUSES_TRANSACTION, "ALTER SYSTEM .*"),
					new Rule(Kind.DETACH_CONCURRENTLY, TABLE + "DETACH PARTITION " + NAME + " CONCURRENTLY"),
					new Rule(Kind.VALIDATE_CONSTRAINT,
							TABLE + "VALIDATE CONSTRAINT [^ ]+( , VALIDATE CONSTRAINT [^ ]+)*"),
					new Rule(Kind.REFUSES_TRANSACTION, "ALTER DATABASE [^ ]+ SET TABLESPACE .*"),
					new Rule(Kind.ORDINARY, "ALTER SUBSCRIPTION [^ ]+ (SET|ADD|DROP) PUBLICATION .* REFRESH" + NO),
					new Rule(Kind.REFUSES_TRANSACTION, "ALTER SUBSCRIPTION [^ ]+ (SET|ADD|DROP|REFRESH) PUBLICATION.*"),
					new Rule(Kind.REFUSES_TRANSACTION,
							"ALTER SUBSCRIPTION [^ ]+ SET \\(.* (FAILOVER|TWO_PHASE)\\b.*"))),
			Map.entry("BEGIN", List.of(new Rule(Kind.BEGIN, ".*"))),
			Map.entry("CLUSTER", List.of(new Rule(Kind.REFUSES_TRANSACTION, "CLUSTER( VERBOSE| \\( .* \\))?"))),
			Map.entry("COMMIT",
					List.of(new Rule(Kind.REFUSES_TRANSACTION, "COMMIT PREPARED .*"), new Rule(Kind.COMMIT, ".*"))),
			Map.entry("COPY",
					List.of(new Rule(Kind.COPY_FROM_STDIN, "COPY (BINARY )?" + NAME + " FROM (STDIN|STDOUT)\\b.*"))),
			Map.entry("CREATE",
					List.of(new Rule(Kind.INDEX_CONCURRENTLY, "CREATE (UNIQUE )?INDEX CONCURRENTLY .*"),
							new Rule(Kind.REFUSES_TRANSACTION, "CREATE (DATABASE|TABLESPACE) .*"),
							new Rule(Kind.ORDINARY, "CREATE SUBSCRIPTION .* (CONNECT|CREATE_SLOT)" + NO),
							new Rule(Kind.REFUSES_TRANSACTION, "CREATE SUBSCRIPTION .*"))),
			Map.entry("DISCARD", List.of(new Rule(Kind.REFUSES_TRANSACTION, "DISCARD ALL"))),
			Map.entry("DROP",
					List.of(new Rule(Kind.INDEX_CONCURRENTLY, "DROP INDEX CONCURRENTLY .*"),
							new Rule(Kind.REFUSES_TRANSACTION, "DROP (DATABASE|TABLESPACE|SUBSCRIPTION) .*"))),
			Map.entry("END", List.of(new Rule(Kind.COMMIT, ".*"))),
			Map.entry("PREPARE", List.of(new Rule(Kind.COMMIT, "PREPARE TRANSACTION.*"))),
			Map.entry("REINDEX", List.of(
					new Rule(Kind.INDEX_CONCURRENTLY,
							"REINDEX " + OPTIONS + "(INDEX|TABLE|SCHEMA|DATABASE) CONCURRENTLY\\b.*"),
					new Rule(Kind.INDEX_CONCURRENTLY, "REINDEX \\( (.* )?CONCURRENTLY( =)?( (TRUE|ON|1))? [,)].*"),
					new Rule(Kind.REFUSES_TRANSACTION, "REINDEX " + OPTIONS + "(SCHEMA|DATABASE|SYSTEM)\\b.*"),
					new Rule(Kind.ORDINARY, "REINDEX \\( (.* )?CONCURRENTLY" + NO),
					new Rule(Kind.REFUSES_TRANSACTION, "REINDEX \\( (.* )?CONCURRENTLY .*"))),
			Map.entry("ROLLBACK", List.of(new Rule(Kind.REFUSES_TRANSACTION, "ROLLBACK PREPARED .*"),
					new Rule(Kind.ORDINARY, "ROLLBACK ((WORK|TRANSACTION) )?TO .*"), new Rule(Kind.ROLLBACK, ".*"))),
			Map.entry("START", List.of(new Rule(Kind.BEGIN, "START TRANSACTION.*"))),
			Map.entry("VACUUM", List.of(new Rule(Kind.REFUSES_TRANSACTION, ".*"))));

	private StatementKinds() {
	}

	/**
	 * Return the kind of a statement.
	 * @param head its first tokens
	 * @return the kind
	 */
	static Kind of(String head) {
		int firstWord = head.indexOf(' ');
		List<Rule> rules = RULES.getOrDefault((firstWord != -1) ? head.substring(0, firstWord) : head, List.of());
		for (Rule rule : rules) {
			if (rule.pattern.matcher(head).matches()) {
				return rule.kind;
			}
		}
		return Kind.ORDINARY;
	}

	/**
	 * Statements of one kind.
	 *
	 * @param kind the kind
	 * @param pattern what their head looks like
	 */
	private record Rule(Kind kind, Pattern pattern) {

		private Rule(Kind kind, String pattern) {
			this(kind, Pattern.compile(pattern));
		}

	}

}
