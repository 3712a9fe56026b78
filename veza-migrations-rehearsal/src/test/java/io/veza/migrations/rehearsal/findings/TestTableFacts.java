package io.veza.migrations.rehearsal.findings;

import java.util.Arrays;
import java.util.List;

import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.RelationFacts.Column;
import io.veza.migrations.rehearsal.effect.RelationFacts.Constraint;
import io.veza.migrations.rehearsal.effect.RelationFacts.Index;
import org.jspecify.annotations.Nullable;

/**
 * How the tables of tests look.
 */
public final class TestTableFacts {

	private TestTableFacts() {
	}

	/**
	 * Return how a table looks.
	 * @param name its name in the schema {@code public}
	 * @param parts its columns, constraints and indexes
	 * @return how it looks
	 */
	public static RelationFacts table(String name, Record... parts) {
		return table(name, null, 0, parts);
	}

	public static RelationFacts partition(String name, String parent, Record... parts) {
		return table(name, "public." + parent, 0, parts);
	}

	public static RelationFacts inTablespace(String name, long tablespace) {
		return table(name, null, tablespace);
	}

	private static RelationFacts table(String name, @Nullable String parent, long tablespace, Record... parts) {
		return new RelationFacts("public", name, "p", tablespace, parent, parts(Column.class, parts),
				parts(Constraint.class, parts), parts(Index.class, parts));
	}

	public static Column column(int number, String name, String type) {
		return new Column(number, name, type, false, false, false);
	}

	public static Column required(int number, String name, String type) {
		return new Column(number, name, type, true, false, false);
	}

	public static Column filled(int number, String name, String type) {
		return new Column(number, name, type, true, true, false);
	}

	public static Constraint check(long oid, String name, boolean validated) {
		return new Constraint(oid, name, "c", validated, List.of(1), null, 0,
				"CHECK ((age > 0))" + (validated ? "" : " NOT VALID"));
	}

	public static Constraint foreignKey(long oid, String name, boolean validated) {
		return new Constraint(oid, name, "f", validated, List.of(1), "public.users", 0,
				"FOREIGN KEY (user_id) REFERENCES users(id)" + (validated ? "" : " NOT VALID"));
	}

	public static Constraint key(long oid, String name, String type, long index, String definition) {
		return new Constraint(oid, name, type, true, List.of(1), null, index, definition);
	}

	public static Index index(long oid, String name, String column) {
		return index(oid, name, column, oid);
	}

	public static Index index(long oid, String name, String column, long filenode) {
		return new Index(oid, name, false, true, filenode,
				"CREATE INDEX %s ON public.users USING btree (%s)".formatted(name, column));
	}

	public static Index uniqueIndex(long oid, String name, String column) {
		return new Index(oid, name, true, true, oid,
				"CREATE UNIQUE INDEX %s ON public.users USING btree (%s)".formatted(name, column));
	}

	private static <P> List<P> parts(Class<P> type, Record... parts) {
		return Arrays.stream(parts).filter(type::isInstance).map(type::cast).toList();
	}

}
