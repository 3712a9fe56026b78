package io.veza.migrations.rehearsal.scratch;

import java.sql.SQLException;
import java.util.Set;

import io.veza.migrations.sql.SqlErrorText;
import io.veza.migrations.sql.SqlQuoting;
import io.veza.migrations.sql.SqlState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A scratch database that is to be like the one that the URL names: its encoding, its
 * locale and its settings. It gets nothing of what that contains.
 */
final class ScratchDatabaseTemplate {

	private static final Logger logger = LoggerFactory.getLogger(ScratchDatabaseTemplate.class);

	/** The settings that are lists, whose values are kept as SQL writes names. */
	private static final Set<String> LISTS = Set.of("local_preload_libraries", "search_path",
			"session_preload_libraries", "temp_tablespaces");

	/** A setting that a version of PostgreSQL does not have is null. */
	private static final String DATABASE = """
			SELECT %s AS name,
				pg_catalog.pg_encoding_to_char(d.encoding) AS encoding,
				d.datcollate AS collation,
				d.datctype AS character_types,
				pg_catalog.to_jsonb(d) ->> 'datlocprovider' AS provider,
				coalesce(pg_catalog.to_jsonb(d) ->> 'datlocale', pg_catalog.to_jsonb(d) ->> 'daticulocale') AS locale,
				pg_catalog.to_jsonb(d) ->> 'daticurules' AS rules
			FROM pg_catalog.pg_database d, pg_catalog.pg_stat_activity a
			WHERE d.datname = current_database() AND a.pid = pg_catalog.pg_backend_pid()"""
		.formatted(OrphanedScratchDatabases.NAME);

	private static final String SETTINGS = """
			SELECT pg_catalog.split_part(setting, '=', 1) AS name,
				pg_catalog.substr(setting, pg_catalog.strpos(setting, '=') + 1) AS value
			FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) setting
			WHERE s.setrole = 0
				AND s.setdatabase = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
			ORDER BY name""";

	private static final String SET = "SELECT pg_catalog.set_config(?, ?, false) AS value";

	private final ScratchOwnerSession ownerSession;

	private final String name;

	private final String definition;

	private ScratchDatabaseTemplate(ScratchOwnerSession ownerSession, String name, String definition) {
		this.ownerSession = ownerSession;
		this.name = name;
		this.definition = definition;
	}

	/**
	 * Look at the database that the URL names.
	 * @param ownerSession the session that is to keep the scratch database
	 * @return what to create
	 * @throws SQLException if the server cannot be asked
	 */
	static ScratchDatabaseTemplate like(ScratchOwnerSession ownerSession) throws SQLException {
		return ownerSession
			.query(DATABASE, (row) -> new ScratchDatabaseTemplate(ownerSession, row.getString("name"),
					" TEMPLATE template0" + option("ENCODING", row.getString("encoding"))
							+ option("LC_COLLATE", row.getString("collation"))
							+ option("LC_CTYPE", row.getString("character_types"))
							+ provider(row.getString("provider"), row.getString("locale"), row.getString("rules"))))
			.get(0);
	}

	private static String provider(@Nullable String provider, @Nullable String locale, @Nullable String rules) {
		if (provider == null) {
			return "";
		}
		return switch (provider) {
			case "i" -> " LOCALE_PROVIDER icu" + option("ICU_LOCALE", locale) + option("ICU_RULES", rules);
			case "b" -> " LOCALE_PROVIDER builtin" + option("BUILTIN_LOCALE", locale);
			default -> " LOCALE_PROVIDER libc";
		};
	}

	private static String option(String keyword, @Nullable String value) {
		return (value != null) ? " " + keyword + " " + SqlQuoting.literal(value) : "";
	}

	String name() {
		return this.name;
	}

	void create() throws SQLException {
		try {
			this.ownerSession.execute("CREATE DATABASE " + quotedName() + " OWNER "
					+ SqlQuoting.identifier(this.ownerSession.owner()) + this.definition);
		}
		catch (SQLException ex) {
			if (SqlState.INSUFFICIENT_PRIVILEGE.equals(ex.getSQLState())) {
				throw ScratchOwnerSession.noRight(this.ownerSession.facts().user(), ex);
			}
			throw ex;
		}
	}

	/**
	 * Say what the database is, and give it the settings of the other one.
	 * @throws SQLException if that fails
	 */
	void configure() throws SQLException {
		this.ownerSession.executeAs(this.ownerSession.owner(),
				"COMMENT ON DATABASE " + quotedName() + " IS " + SqlQuoting.literal(OrphanedScratchDatabases.COMMENT));
		for (Setting setting : this.ownerSession.query(SETTINGS,
				(row) -> new Setting(row.getString("name"), row.getString("value")))) {
			copy(setting);
		}
	}

	/** Some settings need rights that not everybody has who may create a database. */
	private void copy(Setting setting) throws SQLException {
		String alter = "ALTER DATABASE " + quotedName() + " SET " + SqlQuoting.identifier(setting.name());
		try {
			if (LISTS.contains(setting.name())) {
				this.ownerSession.query(SET, (row) -> row.getString("value"), setting.name(), setting.value());
				this.ownerSession.executeAs(this.ownerSession.owner(), alter + " FROM CURRENT");
			}
			else {
				this.ownerSession.executeAs(this.ownerSession.owner(),
						alter + " TO " + SqlQuoting.literal(setting.value()));
			}
		}
		catch (SQLException ex) {
			if (!SqlState.INSUFFICIENT_PRIVILEGE.equals(ex.getSQLState())) {
				throw ex;
			}
			logger.warn("The scratch database \"{}\" is without the setting \"{}\" of the database \"{}\": {}",
					this.name, setting.name(), this.ownerSession.facts().database(), SqlErrorText.of(ex));
		}
	}

	private String quotedName() {
		return SqlQuoting.identifier(this.name);
	}

	private record Setting(String name, String value) {
	}

}
