package io.veza.migrations.rehearsal.observe;

import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.rehearsal.effect.RelationFacts;
import io.veza.migrations.rehearsal.effect.RelationFacts.Column;
import io.veza.migrations.rehearsal.effect.RelationFacts.Constraint;
import io.veza.migrations.rehearsal.effect.RelationFacts.Index;
import org.jspecify.annotations.Nullable;

/**
 * A builder of the definition of one table, row by row.
 */
final class RelationFactsBuilder {

	private final List<Column> columns = new ArrayList<>();

	private final List<Constraint> constraints = new ArrayList<>();

	private final List<Index> indexes = new ArrayList<>();

	private String schema = "";

	private String name = "";

	private String persistence = "";

	private long tablespace;

	private @Nullable String parent;

	void relation(String schema, String name, String persistence, long tablespace, @Nullable String parent) {
		this.schema = schema;
		this.name = name;
		this.persistence = persistence;
		this.tablespace = tablespace;
		this.parent = parent;
	}

	void add(Column column) {
		this.columns.add(column);
	}

	void add(Constraint constraint) {
		this.constraints.add(constraint);
	}

	void add(Index index) {
		this.indexes.add(index);
	}

	RelationFacts build() {
		return new RelationFacts(this.schema, this.name, this.persistence, this.tablespace, this.parent, this.columns,
				this.constraints, this.indexes);
	}

}
