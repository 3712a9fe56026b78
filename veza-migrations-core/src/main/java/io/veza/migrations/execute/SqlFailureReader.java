package io.veza.migrations.execute;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.veza.migrations.sql.SqlFailure;
import io.veza.migrations.sql.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Reader of PostgreSQL's errors, which finds the place in the file that they point to.
 */
public final class SqlFailureReader {

	/** {@code COPY chat_rooms, line 3, column name: "x"}. */
	private static final Pattern COPY_LINE = Pattern.compile("^COPY .*?, line (\\d+)", Pattern.MULTILINE);

	/** {@code PL/pgSQL function inline_code_block line 5 at RAISE}. */
	private static final Pattern DO_LINE = Pattern.compile("inline_code_block line (\\d+)");

	public static final String AGAIN = "Start again to continue.";

	private static final Pattern DOLLAR_QUOTE = Pattern.compile("\\$[^$\\s]*\\$|'");

	private SqlFailureReader() {
	}

	/**
	 * Describe the failure of a statement.
	 * @param ex what the driver threw
	 * @param file the file as people know it
	 * @param statement the statement
	 * @param copyDataLine the line on which its COPY data begins, 0 if it has none
	 * @return the failure with its place
	 */
	public static SqlFailure describe(SQLException ex, String file, SqlStatement statement, int copyDataLine) {
		ServerErrorMessage server = (ex instanceof PSQLException error) ? error.getServerErrorMessage() : null;
		if (server == null || server.getMessage() == null) {
			String message = String.valueOf(ex.getMessage());
			return at(Place.start(statement), file, ex.getSQLState(), message, null, statement);
		}
		return at(place(server, statement, copyDataLine), file, server.getSQLState(), server.getMessage(), server,
				statement);
	}

	/**
	 * Describe a failure that belongs to no statement.
	 * @param ex what the driver threw
	 * @param file the file as people know it
	 * @return the failure
	 */
	public static SqlFailure withoutPlace(SQLException ex, String file) {
		String message = String.valueOf(ex.getMessage());
		return new SqlFailure(file, 0, 0, null, ex.getSQLState(), message, null, null, null,
				SqlErrorAdvice.on(ex.getSQLState(), message));
	}

	/**
	 * Describe that a file can no longer be read.
	 * @param ex what happened
	 * @param file the file as people know it
	 * @return the failure
	 */
	public static SqlFailure unreadable(UncheckedIOException ex, String file) {
		return new SqlFailure(file, 0, 0, null, null, "The file can no longer be read: " + ex.getMessage(), null, null,
				null, "Bring the file back and start again.");
	}

	/**
	 * Describe that a statement was cancelled, or is not tried again, because the
	 * application closes.
	 * @param failure how it ended
	 * @return the failure
	 */
	public static SqlFailure cancelled(SqlFailure failure) {
		return new SqlFailure(failure.file(), failure.line(), failure.column(), failure.sourceLine(),
				failure.sqlState(),
				"The application was closing, so that the statement was ended: " + failure.message(), failure.detail(),
				null, failure.context(), AGAIN);
	}

	/**
	 * Describe that a statement was not begun, because the application closes.
	 * @param file the file as people know it
	 * @param statement the statement
	 * @return the failure
	 */
	public static SqlFailure notBegun(String file, SqlStatement statement) {
		return ours(file, statement, "The application was closing, so that this statement was not begun", AGAIN);
	}

	/**
	 * Describe a failure that we found ourselves.
	 * @param file the file as people know it
	 * @param statement the statement at which we found it
	 * @param message what is wrong
	 * @param advice what to do
	 * @return the failure with its place
	 */
	public static SqlFailure ours(String file, SqlStatement statement, String message, String advice) {
		Place place = Place.start(statement);
		return new SqlFailure(file, place.line(), place.column(), place.text(), null, message, null, null, null,
				advice);
	}

	/**
	 * Return what the server said.
	 * @param ex what the driver threw
	 * @return its message, or else that of the driver
	 */
	public static String message(SQLException ex) {
		String server = ServerErrorKinds.message(ex);
		return (server != null) ? server : String.valueOf(ex.getMessage());
	}

	private static SqlFailure at(Place place, String file, @Nullable String sqlState, String message,
			@Nullable ServerErrorMessage server, SqlStatement statement) {
		return new SqlFailure(file, place.line(), place.column(), place.text(), sqlState, message,
				(server != null) ? server.getDetail() : null, (server != null) ? server.getHint() : null,
				(server != null) ? context(server) : null, SqlErrorAdvice.on(sqlState, message, statement.sql()));
	}

	private static @Nullable String context(ServerErrorMessage server) {
		String query = (server.getInternalQuery() != null) ? "in the query: " + server.getInternalQuery() : null;
		String context = Stream.of(server.getWhere(), query)
			.filter((part) -> part != null && !part.isBlank())
			.collect(Collectors.joining("\n"));
		return context.isEmpty() ? null : context;
	}

	private static Place place(ServerErrorMessage server, SqlStatement statement, int copyDataLine) {
		if (server.getPosition() > 0) {
			return Place.atCodePoint(statement, server.getPosition() - 1);
		}
		String where = (server.getWhere() != null) ? server.getWhere() : "";
		Matcher copy = COPY_LINE.matcher(where);
		if (copyDataLine > 0 && copy.find()) {
			return new Place(copyDataLine + Integer.parseInt(copy.group(1)) - 1, 1, null);
		}
		Matcher block = DO_LINE.matcher(where);
		Matcher quote = DOLLAR_QUOTE.matcher(statement.sql());
		if (block.find() && quote.find()) {
			return Place.atLineAfter(statement, quote.end(), Integer.parseInt(block.group(1)) - 1);
		}
		return Place.start(statement);
	}

	/**
	 * A place in a file.
	 *
	 * @param line the line, from 1
	 * @param column the column, from 1
	 * @param text the text of the line, {@code null} if it is not at hand
	 */
	private record Place(int line, int column, @Nullable String text) {

		static Place start(SqlStatement statement) {
			return at(statement, 0);
		}

		/** The position that PostgreSQL reports counts code points, not UTF-16 units. */
		static Place atCodePoint(SqlStatement statement, int position) {
			String sql = statement.sql();
			int available = sql.codePointCount(0, sql.length());
			return at(statement, sql.offsetByCodePoints(0, Math.min(position, available)));
		}

		static Place atLineAfter(SqlStatement statement, int offset, int lines) {
			String sql = statement.sql();
			int from = offset;
			for (int i = 0; i < lines; i++) {
				int next = sql.indexOf('\n', from);
				from = (next >= 0) ? next + 1 : from;
			}
			while (from < sql.length() - 1 && Character.isWhitespace(sql.charAt(from)) && sql.charAt(from) != '\n') {
				from++;
			}
			return at(statement, from);
		}

		private static Place at(SqlStatement statement, int offset) {
			String sql = statement.sql();
			int begin = sql.lastIndexOf('\n', offset - 1) + 1;
			int end = sql.indexOf('\n', offset);
			String text = sql.substring(begin, (end >= 0) ? end : sql.length());
			int line = statement.line() + (int) sql.substring(0, begin).chars().filter((c) -> c == '\n').count();
			// what stands before a statement on its first line is not part of it
			String indent = (begin == 0) ? " ".repeat(statement.column() - 1) : "";
			int column = sql.codePointCount(begin, offset) + indent.length() + 1;
			return new Place(line, column, indent + text);
		}

	}

}
