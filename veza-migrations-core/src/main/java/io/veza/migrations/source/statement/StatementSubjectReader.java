package io.veza.migrations.source.statement;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.veza.migrations.source.text.SourceTextCursor;
import io.veza.migrations.source.text.SourceTextSink;
import io.veza.migrations.source.text.SqlCharacterClasses;
import io.veza.migrations.source.text.SqlTokenKind;
import io.veza.migrations.source.text.SqlTokenizer;
import io.veza.migrations.sql.SqlStatement.Kind;
import io.veza.migrations.sql.StatementSubject;
import io.veza.migrations.sql.StatementSubject.ObjectType;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;

/**
 * A reader of the subject of a statement that refuses a transaction, from its first
 * tokens.
 */
final class StatementSubjectReader implements SourceTextSink {

	/** The names stand among the first ones. */
	private static final int TOKENS = 32;

	private final List<String> tokens = new ArrayList<>();

	private final StringBuilder token = new StringBuilder();

	private int position;

	private StatementSubjectReader(String sql) {
		try (SourceTextCursor source = SourceTextCursor.open("",
				new ByteArrayResource(sql.getBytes(StandardCharsets.UTF_8)))) {
			SqlTokenizer tokenizer = new SqlTokenizer(source);
			source.add(this);
			while (this.tokens.size() < TOKENS && tokenizer.next() != SqlTokenKind.END) {
				this.token.setLength(0);
			}
		}
	}

	@Override
	public void append(TextPart part, char[] chars, int from, int to) {
		if (part == TextPart.TOKEN) {
			this.token.append(chars, from, to - from);
		}
	}

	@Override
	public void end(TextPart part) {
		if (part == TextPart.TOKEN) {
			this.tokens.add(this.token.toString());
		}
	}

	/**
	 * Read what a statement is about.
	 * @param kind its kind
	 * @param sql its text
	 * @return the subject, {@code null} if the catalogs cannot tell what became of the
	 * statement
	 */
	static @Nullable StatementSubject read(Kind kind, String sql) {
		return kind.refusesTransaction() ? new StatementSubjectReader(sql).read(kind) : null;
	}

	private @Nullable StatementSubject read(Kind kind) {
		if (kind == Kind.DETACH_CONCURRENTLY) {
			return detachedPartition();
		}
		if (kind == Kind.INDEX_CONCURRENTLY && take("REINDEX")) {
			return new StatementSubject.RebuiltIndexes();
		}
		if (take("CREATE")) {
			take("UNIQUE");
			return take("INDEX", "CONCURRENTLY") ? newIndex() : createdObject();
		}
		if (take("DROP")) {
			return take("INDEX", "CONCURRENTLY") ? droppedIndex() : droppedObject();
		}
		return null;
	}

	private @Nullable StatementSubject newIndex() {
		boolean ifNotExists = take("IF", "NOT", "EXISTS");
		boolean unnamed = take("ON");
		String index = unnamed ? null : name();
		if (!unnamed && (index == null || !take("ON"))) {
			return null;
		}
		take("ONLY");
		String table = name();
		return (table != null) ? new StatementSubject.NewIndex(index, table, ifNotExists) : null;
	}

	private @Nullable StatementSubject droppedIndex() {
		take("IF", "EXISTS");
		String index = name();
		return (index != null) ? new StatementSubject.DroppedIndex(index) : null;
	}

	private @Nullable StatementSubject detachedPartition() {
		take("ALTER", "TABLE");
		take("IF", "EXISTS");
		take("ONLY");
		String parent = name();
		take("*");
		String partition = take("DETACH", "PARTITION") ? name() : null;
		return (parent != null && partition != null) ? new StatementSubject.DetachedPartition(parent, partition) : null;
	}

	private @Nullable StatementSubject createdObject() {
		ObjectType type = type();
		String name = (type != null) ? name() : null;
		return (type != null && name != null) ? new StatementSubject.CreatedObject(type, name) : null;
	}

	private @Nullable StatementSubject droppedObject() {
		ObjectType type = type();
		take("IF", "EXISTS");
		String name = (type != null) ? name() : null;
		return (type != null && name != null) ? new StatementSubject.DroppedObject(type, name) : null;
	}

	private @Nullable ObjectType type() {
		for (ObjectType type : ObjectType.values()) {
			if (take(type.name())) {
				return type;
			}
		}
		return null;
	}

	private boolean take(String... words) {
		for (int i = 0; i < words.length; i++) {
			if (!words[i].equalsIgnoreCase(peek(i))) {
				return false;
			}
		}
		this.position += words.length;
		return true;
	}

	private @Nullable String name() {
		StringBuilder name = new StringBuilder();
		do {
			String part = peek(0);
			if (!isName(part)) {
				return null;
			}
			this.position++;
			name.append(name.isEmpty() ? "" : ".").append(part);
		}
		while (take("."));
		return name.toString();
	}

	/** A name with Unicode escapes is one that only the server's parser can read. */
	private static boolean isName(String token) {
		if (token.isEmpty()) {
			return false;
		}
		return token.charAt(0) == '"'
				|| (SqlCharacterClasses.isIdentifierStart(token.charAt(0)) && token.indexOf('"') == -1);
	}

	private String peek(int ahead) {
		int index = this.position + ahead;
		return (index < this.tokens.size()) ? this.tokens.get(index) : "";
	}

}
