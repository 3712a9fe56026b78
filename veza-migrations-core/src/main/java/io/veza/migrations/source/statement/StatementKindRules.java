package io.veza.migrations.source.statement;

import java.util.List;
import java.util.Map;

import io.veza.migrations.sql.SqlStatement.Kind;

/**
 * The rules that recognize the kind of a statement by its first tokens. The statements
 * that refuse a transaction block are those for which the source of the server calls
 * {@code PreventInTransactionBlock}.
 */
final class StatementKindRules {

	private static final String NAME = "[^ ]+( \\. [^ ]+)*";

	private static final String TABLE = "ALTER TABLE (IF EXISTS )?(ONLY )?" + NAME + "( \\*)? ";

	private static final String NO = "( =)? (FALSE|OFF|0)\\b.*";

	private static final String OPTIONS = "(\\( .* \\) )?";

	private static final List<KindRule> QUERY = List.of(KindRule.all(Kind.QUERY));

	private static final Map<String, List<KindRule>> RULES = Map.ofEntries(Map.entry("(", QUERY),
			Map.entry("SELECT", QUERY), Map.entry("TABLE", QUERY), Map.entry("VALUES", QUERY), Map.entry("WITH", QUERY),
			Map.entry("ABORT", List.of(KindRule.all(Kind.ROLLBACK))),
			Map.entry("ALTER", List.of(new KindRule(Kind.REFUSES_TRANSACTION, "SYSTEM", "ALTER SYSTEM .*"),
					new KindRule(Kind.DETACH_CONCURRENTLY, "DETACH",
							TABLE + "DETACH PARTITION " + NAME + " CONCURRENTLY"),
					new KindRule(Kind.VALIDATE_CONSTRAINT, "VALIDATE",
							TABLE + "VALIDATE CONSTRAINT [^ ]+( , VALIDATE CONSTRAINT [^ ]+)*"),
					new KindRule(Kind.REFUSES_TRANSACTION, "TABLESPACE", "ALTER DATABASE [^ ]+ SET TABLESPACE .*"),
					new KindRule(Kind.ORDINARY, "SUBSCRIPTION",
							"ALTER SUBSCRIPTION [^ ]+ (SET|ADD|DROP) PUBLICATION .* REFRESH" + NO),
					new KindRule(Kind.REFUSES_TRANSACTION, "SUBSCRIPTION",
							"ALTER SUBSCRIPTION [^ ]+ (SET|ADD|DROP|REFRESH) PUBLICATION.*"),
					new KindRule(Kind.REFUSES_TRANSACTION, "SUBSCRIPTION",
							"ALTER SUBSCRIPTION [^ ]+ SET \\(.* (FAILOVER|TWO_PHASE)\\b.*"))),
			Map.entry("BEGIN", List.of(KindRule.all(Kind.BEGIN))),
			Map.entry("CLUSTER", List.of(new KindRule(Kind.REFUSES_TRANSACTION, "CLUSTER( VERBOSE| \\( .* \\))?"))),
			Map.entry("COMMIT",
					List.of(new KindRule(Kind.REFUSES_TRANSACTION, "COMMIT PREPARED .*"), KindRule.all(Kind.COMMIT))),
			Map.entry("COPY",
					List.of(new KindRule(Kind.COPY_FROM_STDIN,
							"COPY (BINARY )?" + NAME + " FROM (STDIN|STDOUT)\\b.*"))),
			Map.entry("CREATE", List.of(
					new KindRule(Kind.INDEX_CONCURRENTLY, "CONCURRENTLY", "CREATE (UNIQUE )?INDEX CONCURRENTLY .*"),
					new KindRule(Kind.REFUSES_TRANSACTION, "DATABASE", "CREATE DATABASE .*"),
					new KindRule(Kind.REFUSES_TRANSACTION, "TABLESPACE", "CREATE TABLESPACE .*"),
					new KindRule(Kind.ORDINARY, "SUBSCRIPTION", "CREATE SUBSCRIPTION .* (CONNECT|CREATE_SLOT)" + NO),
					new KindRule(Kind.REFUSES_TRANSACTION, "SUBSCRIPTION", "CREATE SUBSCRIPTION .*"))),
			Map.entry("DISCARD", List.of(new KindRule(Kind.REFUSES_TRANSACTION, "DISCARD ALL"))),
			Map.entry("DROP",
					List.of(new KindRule(Kind.INDEX_CONCURRENTLY, "CONCURRENTLY", "DROP INDEX CONCURRENTLY .*"),
							new KindRule(Kind.REFUSES_TRANSACTION, "DATABASE", "DROP DATABASE .*"),
							new KindRule(Kind.REFUSES_TRANSACTION, "TABLESPACE", "DROP TABLESPACE .*"),
							new KindRule(Kind.REFUSES_TRANSACTION, "SUBSCRIPTION", "DROP SUBSCRIPTION .*"))),
			Map.entry("END", List.of(KindRule.all(Kind.COMMIT))),
			Map.entry("PREPARE", List.of(new KindRule(Kind.COMMIT, "PREPARE TRANSACTION.*"))),
			Map.entry("REINDEX", List.of(
					new KindRule(Kind.INDEX_CONCURRENTLY,
							"REINDEX " + OPTIONS + "(INDEX|TABLE|SCHEMA|DATABASE) CONCURRENTLY\\b.*"),
					new KindRule(Kind.INDEX_CONCURRENTLY, "REINDEX \\( (.* )?CONCURRENTLY( =)?( (TRUE|ON|1))? [,)].*"),
					new KindRule(Kind.REFUSES_TRANSACTION, "REINDEX " + OPTIONS + "(SCHEMA|DATABASE|SYSTEM)\\b.*"),
					new KindRule(Kind.ORDINARY, "REINDEX \\( (.* )?CONCURRENTLY" + NO),
					new KindRule(Kind.REFUSES_TRANSACTION, "REINDEX \\( (.* )?CONCURRENTLY .*"))),
			Map.entry("ROLLBACK", List.of(new KindRule(Kind.REFUSES_TRANSACTION, "ROLLBACK PREPARED .*"),
					new KindRule(Kind.ORDINARY, "ROLLBACK ((WORK|TRANSACTION) )?TO .*"), KindRule.all(Kind.ROLLBACK))),
			Map.entry("START", List.of(new KindRule(Kind.BEGIN, "START TRANSACTION.*"))),
			Map.entry("VACUUM", List.of(KindRule.all(Kind.REFUSES_TRANSACTION))));

	private StatementKindRules() {
	}

	/**
	 * Return the kind of a statement.
	 * @param head its first tokens
	 * @return the kind
	 */
	static Kind of(String head) {
		int firstWord = head.indexOf(' ');
		List<KindRule> rules = RULES.getOrDefault((firstWord != -1) ? head.substring(0, firstWord) : head, List.of());
		for (KindRule rule : rules) {
			if (rule.matches(head)) {
				return rule.kind;
			}
		}
		return Kind.ORDINARY;
	}

	/**
	 * A rule for the statements of one kind. The pattern is compiled only for heads that
	 * have the word, which are few in a usual file.
	 *
	 * @param kind the kind
	 * @param word a word that their head has
	 * @param pattern the pattern of their head
	 */
	private record KindRule(Kind kind, String word, String pattern) {

		private static final String ANY = ".*";

		private KindRule(Kind kind, String pattern) {
			this(kind, "", pattern);
		}

		private static KindRule all(Kind kind) {
			return new KindRule(kind, ANY);
		}

		private boolean matches(String head) {
			return this.pattern.equals(ANY) || (head.contains(this.word) && head.matches(this.pattern));
		}

	}

}
