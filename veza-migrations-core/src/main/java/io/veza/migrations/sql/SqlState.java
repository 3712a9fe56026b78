package io.veza.migrations.sql;

import java.sql.SQLException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The SQLSTATE codes of PostgreSQL that something depends on, and those that statements
 * of ours raise.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL Error
 * Codes</a>
 */
public final class SqlState {

	public static final String INVALID_PARAMETER_VALUE = "22023";

	public static final String NOT_NULL_VIOLATION = "23502";

	public static final String UNIQUE_VIOLATION = "23505";

	public static final String ACTIVE_SQL_TRANSACTION = "25001";

	public static final String READ_ONLY_SQL_TRANSACTION = "25006";

	/** A prepared statement is not there. */
	public static final String INVALID_SQL_STATEMENT_NAME = "26000";

	public static final String INVALID_AUTHORIZATION = "28000";

	public static final String INVALID_PASSWORD = "28P01";

	public static final String INVALID_TRANSACTION_TERMINATION = "2D000";

	public static final String INVALID_CATALOG_NAME = "3D000";

	public static final String INVALID_SCHEMA_NAME = "3F000";

	public static final String SERIALIZATION_FAILURE = "40001";

	public static final String DEADLOCK_DETECTED = "40P01";

	public static final String INSUFFICIENT_PRIVILEGE = "42501";

	public static final String NAME_TOO_LONG = "42622";

	public static final String UNDEFINED_OBJECT = "42704";

	public static final String DUPLICATE_OBJECT = "42710";

	public static final String UNDEFINED_FUNCTION = "42883";

	public static final String UNDEFINED_TABLE = "42P01";

	public static final String DUPLICATE_PREPARED_STATEMENT = "42P05";

	public static final String DUPLICATE_SCHEMA = "42P06";

	public static final String DUPLICATE_TABLE = "42P07";

	public static final String DISK_FULL = "53100";

	public static final String TOO_MANY_CONNECTIONS = "53300";

	public static final String LOCK_NOT_AVAILABLE = "55P03";

	public static final String UNSAFE_NEW_ENUM_VALUE_USAGE = "55P04";

	public static final String QUERY_CANCELED = "57014";

	public static final String ADMIN_SHUTDOWN = "57P01";

	public static final String CANNOT_CONNECT_NOW = "57P03";

	public static final String INTERNAL_ERROR = "XX000";

	/** Raised by the fence of a lease that another run has taken over. */
	public static final String LEASE_LOST = "VZ001";

	/** Raised by a rehearsal before a statement that concerns the whole cluster. */
	public static final String CLUSTER_WIDE = "VZ004";

	/** The answers of PostgreSQL to a statement that refuses a transaction block. */
	public static final Set<String> REFUSES_TRANSACTION = Set.of(ACTIVE_SQL_TRANSACTION,
			INVALID_TRANSACTION_TERMINATION);

	private SqlState() {
	}

	/**
	 * Return the code of an error.
	 * @param ex the error, {@code null} for none
	 * @return its code, an empty text if it has none
	 */
	public static String of(@Nullable SQLException ex) {
		String state = (ex != null) ? ex.getSQLState() : null;
		return (state != null) ? state : "";
	}

}
