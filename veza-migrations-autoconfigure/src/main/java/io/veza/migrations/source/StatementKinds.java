package io.veza.migrations.source;

import java.util.List;
import java.util.Map;

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

	private static final List<Rule> QUERY = List.of(Rule.all(Kind.QUERY));

	private static final Map<String, List<Rule>> RULES = Map.ofEntries(Map.entry("(", QUERY),
			Map.entry("SELECT", QUERY), Map.entry("TABLE", QUERY), Map.entry("VALUES", QUERY), Map.entry("WITH", QUERY),
			Map.entry("ABORT", List.of(Rule.all(Kind.ROLLBACK))),
			Map.entry("ALTER", List.of(new Rule(Kind.REFUSES_TRANSACTION, "SYSTEM", "ALTER SYSTEM .*"),
					new Rule(Kind.DETACH_CONCURRENTLY, "DETACH", TABLE + "DETACH PARTITION " + NAME + " CONCURRENTLY"),
					new Rule(Kind.VALIDATE_CONSTRAINT, "VALIDATE",
							TABLE + "VALIDATE CONSTRAINT [^ ]+( , VALIDATE CONSTRAINT [^ ]+)*"),
					new Rule(Kind.REFUSES_TRANSACTION, "TABLESPACE", "ALTER DATABASE [^ ]+ SET TABLESPACE .*"),
					new Rule(Kind.ORDINARY, "SUBSCRIPTION",
							"ALTER SUBSCRIPTION [^ ]+ (SET|ADD|DROP) PUBLICATION .* REFRESH" + NO),
					new Rule(Kind.REFUSES_TRANSACTION, "SUBSCRIPTION",
							"ALTER SUBSCRIPTION [^ ]+ (SET|ADD|DROP|REFRESH) PUBLICATION.*"),
					new Rule(Kind.REFUSES_TRANSACTION, "SUBSCRIPTION",
							"ALTER SUBSCRIPTION [^ ]+ SET \\(.* (FAILOVER|TWO_PHASE)\\b.*"))),
			Map.entry("BEGIN", List.of(Rule.all(Kind.BEGIN))),
			Map.entry("CLUSTER", List.of(new Rule(Kind.REFUSES_TRANSACTION, "CLUSTER( VERBOSE| \\( .* \\))?"))),
			Map.entry("COMMIT",
					List.of(new Rule(Kind.REFUSES_TRANSACTION, "COMMIT PREPARED .*"), Rule.all(Kind.COMMIT))),
			Map.entry("COPY",
					List.of(new Rule(Kind.COPY_FROM_STDIN, "COPY (BINARY )?" + NAME + " FROM (STDIN|STDOUT)\\b.*"))),
			Map.entry("CREATE",
					List.of(new Rule(Kind.INDEX_CONCURRENTLY, "CONCURRENTLY", "CREATE (UNIQUE )?INDEX CONCURRENTLY .*"),
							new Rule(Kind.REFUSES_TRANSACTION, "DATABASE", "CREATE DATABASE .*"),
							new Rule(Kind.REFUSES_TRANSACTION, "TABLESPACE", "CREATE TABLESPACE .*"),
							new Rule(Kind.ORDINARY, "SUBSCRIPTION",
									"CREATE SUBSCRIPTION .* (CONNECT|CREATE_SLOT)" + NO),
							new Rule(Kind.REFUSES_TRANSACTION, "SUBSCRIPTION", "CREATE SUBSCRIPTION .*"))),
			Map.entry("DISCARD", List.of(new Rule(Kind.REFUSES_TRANSACTION, "DISCARD ALL"))),
			Map.entry("DROP",
					List.of(new Rule(Kind.INDEX_CONCURRENTLY, "CONCURRENTLY", "DROP INDEX CONCURRENTLY .*"),
							new Rule(Kind.REFUSES_TRANSACTION, "DATABASE", "DROP DATABASE .*"),
							new Rule(Kind.REFUSES_TRANSACTION, "TABLESPACE", "DROP TABLESPACE .*"),
							new Rule(Kind.REFUSES_TRANSACTION, "SUBSCRIPTION", "DROP SUBSCRIPTION .*"))),
			Map.entry("END", List.of(Rule.all(Kind.COMMIT))),
			Map.entry("PREPARE", List.of(new Rule(Kind.COMMIT, "PREPARE TRANSACTION.*"))),
			Map.entry("REINDEX", List.of(
					new Rule(Kind.INDEX_CONCURRENTLY,
							"REINDEX " + OPTIONS + "(INDEX|TABLE|SCHEMA|DATABASE) CONCURRENTLY\\b.*"),
					new Rule(Kind.INDEX_CONCURRENTLY, "REINDEX \\( (.* )?CONCURRENTLY( =)?( (TRUE|ON|1))? [,)].*"),
					new Rule(Kind.REFUSES_TRANSACTION, "REINDEX " + OPTIONS + "(SCHEMA|DATABASE|SYSTEM)\\b.*"),
					new Rule(Kind.ORDINARY, "REINDEX \\( (.* )?CONCURRENTLY" + NO),
					new Rule(Kind.REFUSES_TRANSACTION, "REINDEX \\( (.* )?CONCURRENTLY .*"))),
			Map.entry("ROLLBACK",
					List.of(new Rule(Kind.REFUSES_TRANSACTION, "ROLLBACK PREPARED .*"),
							new Rule(Kind.ORDINARY, "ROLLBACK ((WORK|TRANSACTION) )?TO .*"), Rule.all(Kind.ROLLBACK))),
			Map.entry("START", List.of(new Rule(Kind.BEGIN, "START TRANSACTION.*"))),
			Map.entry("VACUUM", List.of(Rule.all(Kind.REFUSES_TRANSACTION))));

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
			if (rule.matches(head)) {
				return rule.kind;
			}
		}
		return Kind.ORDINARY;
	}

	/**
	 * Statements of one kind. Hardly any statement of a usual file has the word, so that
	 * patterns are not even compiled.
	 *
	 * @param kind the kind
	 * @param word a word that their head has
	 * @param pattern what their head looks like
	 */
	private record Rule(Kind kind, String word, String pattern) {

		private static final String ANY = ".*";

		private Rule(Kind kind, String pattern) {
			this(kind, "", pattern);
		}

		private static Rule all(Kind kind) {
			return new Rule(kind, ANY);
		}

		private boolean matches(String head) {
			return this.pattern.equals(ANY) || (head.contains(this.word) && head.matches(this.pattern));
		}

	}

}
