/** SQL in color. */

import { element } from './elements.js';

const HIGHLIGHT_LIMIT = 64 * 1024;

const SQL_TOKEN = new RegExp([
  /(?<comment>--[^\n]*|\/\*)/,
  /(?<escaped>[eE]'[^'\\]*(?:(?:\\[^]|'')[^'\\]*)*'?)/,
  /(?<string>(?:[bBnNxX]|[uU]&)?'[^']*(?:''[^']*)*'?)/,
  /(?<dollar>\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)/,
  /(?<identifier>(?:[uU]&)?"[^"]*(?:""[^"]*)*"?)/,
  /(?<number>\$\d+|(?:\d[\d_]*)?\.?\d[\d_]*(?:[eE][+-]?\d+)?)/,
  /(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)/,
].map((part) => part.source).join('|'), 'g');

const SQL_KEYWORDS = new Set(`ADD AFTER ALL ALTER ALWAYS ANALYZE AND ANY ARRAY AS ASC ATTACH AUTHORIZATION BEFORE BEGIN
  BETWEEN BIGINT BIGSERIAL BOOLEAN BY BYTEA CALL CASCADE CASE CAST CHAR CHARACTER CHECK CLOSE CLUSTER COLLATE COLUMN
  COMMENT COMMIT CONCURRENTLY CONFLICT CONSTRAINT COPY CREATE CROSS CURRENT_DATE CURRENT_TIMESTAMP CURRENT_USER CURSOR
  CYCLE DATABASE DATE DECIMAL DECLARE DEFAULT DEFERRABLE DEFERRED DEFINER DELETE DESC DETACH DISABLE DISTINCT DO DOMAIN
  DOUBLE DROP EACH ELSE ELSIF ENABLE END ENUM EXCEPT EXCEPTION EXCLUDE EXECUTE EXISTS EXIT EXPLAIN EXTENSION FALSE
  FETCH FILTER FIRST FOR FORCE FOREIGN FROM FULL FUNCTION GENERATED GRANT GROUP HAVING IDENTITY IF ILIKE IMMEDIATE
  IMMUTABLE IN INCLUDE INCREMENT INDEX INHERITS INITIALLY INNER INSERT INSTEAD INT INTEGER INTERSECT INTERVAL INTO
  INVOKER IS JOIN JSON JSONB KEY LANGUAGE LAST LATERAL LEFT LEVEL LIKE LIMIT LOCK LOGGED LOOP MATCH MATERIALIZED MERGE
  MINVALUE NATURAL NEW NEXT NO NOT NOTICE NOWAIT NULL NULLS NUMERIC OF OFFSET OLD ON ONLY OPEN OPERATOR OR ORDER OUT
  OUTER OVER OWNED OWNER PARTITION PERFORM POLICY PRECISION PRIMARY PRIVILEGES PROCEDURE PUBLIC RAISE RANGE REAL
  RECURSIVE REFERENCES REFRESH REINDEX RENAME REPLACE RESET RESTRICT RETURN RETURNING RETURNS REVOKE RIGHT ROLE
  ROLLBACK ROW ROWS SCHEMA SECURITY SELECT SEQUENCE SERIAL SET SETOF SMALLINT SOME STABLE START STATEMENT STATISTICS
  STORED STRICT TABLE TABLESPACE TEMPORARY TEXT THEN TIME TIMESTAMP TIMESTAMPTZ TO TRIGGER TRUE TRUNCATE TYPE UNION
  UNIQUE UNLOGGED UPDATE USAGE USER USING UUID VACUUM VALID VALIDATE VALUES VARCHAR VARYING VIEW VOLATILE WHEN WHERE
  WHILE WINDOW WITH WITHOUT ZONE`.split(/\s+/));

/** Returns SQL with its tokens in spans; what lies beyond the limit stays plain, so that no file stops the page. */
export function highlighted(sql) {
  const fragment = document.createDocumentFragment();
  appendTokens(fragment, sql.slice(0, HIGHLIGHT_LIMIT));
  fragment.append(sql.slice(HIGHLIGHT_LIMIT));
  return fragment;
}

function appendTokens(target, sql, nested = false) {
  let end = 0;
  for (const { start, kind, quote, ...token } of tokens(sql)) {
    target.append(sql.slice(end, start));
    end = token.end;
    const text = sql.slice(start, end);
    if (quote && !nested) {
      appendBody(target, text, quote);
    } else {
      target.append(element('span', { 'class': `sql-${kind}` }, text));
    }
  }
  target.append(sql.slice(end));
}

/** What stands in dollar quotes is mostly the body of a function: it is SQL itself. */
function appendBody(target, text, quote) {
  const closed = text.length >= 2 * quote.length && text.endsWith(quote);
  target.append(element('span', { 'class': 'sql-string' }, quote));
  appendTokens(target, text.slice(quote.length, closed ? -quote.length : undefined), true);
  target.append(element('span', { 'class': 'sql-string' }, closed ? quote : ''));
}

/** Names and signs are no tokens here: they look like what stands between. */
function* tokens(sql) {
  const pattern = new RegExp(SQL_TOKEN);
  for (let match = pattern.exec(sql); match; match = pattern.exec(sql)) {
    const { kind, quote, end } = classified(sql, match, pattern.lastIndex);
    pattern.lastIndex = end;
    if (kind) {
      yield { start: match.index, end, kind, quote };
    }
  }
}

function classified(sql, match, end) {
  const { comment, escaped, string, dollar, identifier, number } = match.groups;
  if (comment) {
    return { kind: 'comment', end: comment === '/*' ? endOfComment(sql, match.index) : end };
  }
  if (dollar) {
    const closing = sql.indexOf(dollar, end);
    return { kind: 'string', quote: dollar, end: closing < 0 ? sql.length : closing + dollar.length };
  }
  if (escaped || string) {
    return { kind: 'string', end };
  }
  if (identifier || number) {
    return { kind: identifier ? 'identifier' : 'number', end };
  }
  return { kind: SQL_KEYWORDS.has(match[0].toUpperCase()) ? 'keyword' : null, end };
}

/** Comments nest in PostgreSQL. */
function endOfComment(sql, start) {
  const delimiter = /\/\*|\*\//g;
  delimiter.lastIndex = start;
  let depth = 0;
  for (let match = delimiter.exec(sql); match; match = delimiter.exec(sql)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) {
      return delimiter.lastIndex;
    }
  }
  return sql.length;
}
