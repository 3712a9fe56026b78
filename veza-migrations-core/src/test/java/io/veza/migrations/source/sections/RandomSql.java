package io.veza.migrations.source.sections;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Statements that PostgreSQL accepts, made by chance from what is hard to split.
 */
final class RandomSql {

	private static final List<String> VALUES = List.of("1", "-1", "1.5e-3", ".5", "'a;b'", "'it''s -- no'", "''",
			"'\\'", "'/*'", "E'\\';'", "e'\\\\'", "E'a\\''\n'\\';b'", "E'a' -- c;'\n '\\''", "'a'\n'b;'", "U&'\\0061;'",
			"U&'!0061\\;' UESCAPE '!'", "N'n;'", "B'01'", "x'1F'", "$$;$$", "$$'$$", "$a$ $$;$$ ' $b$ $a$",
			"$ünï_1$ $a$ -- ; $ünï_1$", "$$/*$$", "'${x};'", "'-- UP\n-- DOWN'", "(ARRAY[1,2,3])[1:2]", "'1'::int",
			"'{\"a\": 1}'::jsonb ? 'a'", "'{\"a;\": 1}'::jsonb ->> 'a;'", "1<-1", "2=-2", "@ -5", "5 - @ -5", "1+-+1",
			"CASE WHEN true THEN 'a;' ELSE ';' END", "(SELECT count(*) FROM (VALUES (1), (2)) v)", "null::text",
			"(SELECT \"a;\"\"b\" FROM (SELECT 1 AS \"a;\"\"b\") q)", "(SELECT a$b$c FROM (SELECT 2 AS a$b$c) q)",
			"(SELECT U&\"d\\0061;\" FROM (SELECT 3 AS \"da;\") q)", "(SELECT q.end FROM (SELECT 4 AS end) q)",
			"'é€😀;'", "begin()", "atomic(1)");

	private static final List<String> GAPS = List.of(" ", "\n", "\t \n ", " /* ; */ ", " /* ' \" $$ */ ",
			" /* /* ; */ -- */ ", "\n-- ; '\n", " -- $$ /*\n", "\n--\n", " /*/**/*/ ", "\n-- up to here\n", " /***/ ");

	private final Random random;

	RandomSql(long seed) {
		this.random = new Random(seed);
	}

	/**
	 * Return the tokens of one statement; some are several tokens that stay together.
	 * @return the tokens without a semicolon at the end
	 */
	List<String> statement() {
		return switch (this.random.nextInt(10)) {
			case 0 -> List.of("DO", pick(List.of("$$ BEGIN PERFORM 1; END; $$", "$do$ BEGIN PERFORM $$;$$; END $do$")));
			case 1 -> routine();
			case 2 -> List.of("CREATE", "OR", "REPLACE", "RULE", "r", "AS", "ON", "INSERT", "TO", "t", "DO", "ALSO",
					"(", "SELECT", value(), ";", "SELECT", "2", ";", ")");
			case 3 ->
				List.of("INSERT", "INTO", "u", "(", "a", ")", "VALUES", "(", pick(List.of("1", "'2'", "$$3$$")), ")");
			case 4 -> List.of();
			default -> select();
		};
	}

	private List<String> routine() {
		List<String> tokens = new ArrayList<>(List.of("CREATE", "OR", "REPLACE", "FUNCTION", "f", "(", ")", "RETURNS",
				"int", "LANGUAGE", "sql", "BEGIN", "ATOMIC"));
		for (int i = this.random.nextInt(3); i >= 0; i--) {
			tokens.addAll(select());
			tokens.add(";");
		}
		tokens.addAll(List.of("SELECT", "CASE", "WHEN", "true", "THEN", "CASE", "1", "WHEN", "1", "THEN", "2", "END",
				"ELSE", "3", "END", ";", "END"));
		return tokens;
	}

	private List<String> select() {
		List<String> tokens = new ArrayList<>(List.of("SELECT", value()));
		for (int i = this.random.nextInt(4); i > 0; i--) {
			tokens.add(",");
			tokens.add(value());
		}
		return tokens;
	}

	private String value() {
		return pick(VALUES);
	}

	String gap() {
		return pick(GAPS);
	}

	/**
	 * Return statements as a text.
	 * @param statements their tokens
	 * @return the text, in which white space and comments are made by chance
	 */
	String render(List<List<String>> statements) {
		StringBuilder text = new StringBuilder();
		for (List<String> statement : statements) {
			statement.forEach((token) -> text.append(gap()).append(token));
			text.append(gap()).append(";");
		}
		return this.random.nextBoolean() ? text.toString() : text.append(gap()).toString();
	}

	private String pick(List<String> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

}
