'use strict';

(() => {
  const BASE = withoutAccount(new URL('.', document.currentScript.src)).href.replace(/\/$/, '');
  const APPLICATION = document.body.dataset.application;
  const POLL_BUSY_MS = 1000;
  const POLL_IDLE_MS = 10000;
  const PATIENCE_MS = 60000;

  // ---------------------------------------------------------------- the API

  /** Why a request has no answer that can be used; `problem` is what the API says, if it says anything. */
  class RequestError extends Error {
    constructor(kind, message, problem) {
      super(message);
      this.kind = kind;
      this.problem = problem;
    }
  }

  /** The browser refuses to fetch from an address with an account in it, and sends the account by itself. */
  function withoutAccount(url) {
    return Object.assign(url, { username: '', password: '' });
  }

  async function request(path, body) {
    const response = await send(path, body);
    if (response.type === 'opaqueredirect' || response.status === 401) {
      throw signedOut();
    }
    if (response.status === 403) {
      throw body ? mayNotChange() : mayNotLook();
    }
    const content = await read(response);
    if (response.ok && content === null) {
      throw signedOut();
    }
    if (response.ok) {
      return content;
    }
    if (content?.detail) {
      throw new RequestError('problem', content.detail, content);
    }
    throw new RequestError(response.status >= 502 ? 'unreachable' : 'problem',
      `The application answered ${response.status}. Look at its log and at the proxies before it.`);
  }

  /** X-Requested-With keeps Spring Security from answering with a challenge that opens the browser's own sign-in. */
  async function send(path, body) {
    const headers = { 'Accept': 'application/json', 'X-Requested-With': 'XMLHttpRequest' };
    const options = { headers, cache: 'no-store', credentials: 'same-origin', redirect: 'manual' };
    if (!body) {
      options.signal = AbortSignal.timeout(PATIENCE_MS);
    } else {
      const token = cookie('XSRF-TOKEN');
      Object.assign(headers, { 'Content-Type': 'application/json' }, token && { 'X-XSRF-TOKEN': token });
      Object.assign(options, { method: 'POST', body: JSON.stringify(body) });
    }
    return fetch(BASE + path, options).catch(unreachable);
  }

  /** Returns null for what is not JSON, such as the sign-in page. */
  async function read(response) {
    const text = await response.text().catch(unreachable);
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  }

  function unreachable() {
    throw new RequestError('unreachable', `${APPLICATION || 'The application'} does not answer.`);
  }

  function signedOut() {
    return new RequestError('signed-out', 'You are signed out. Load the page again to sign in.');
  }

  function mayNotChange() {
    return new RequestError('read-only', 'You may look, but not change anything: the application answered 403. '
      + 'Sign in with an account that may, or see to it that this page gets the cookie XSRF-TOKEN.');
  }

  function mayNotLook() {
    return new RequestError('forbidden', 'You may not look at the migrations: the application answered 403. Sign in with an account that may.');
  }

  function cookie(name) {
    const pair = document.cookie.split('; ').find((each) => each.startsWith(`${name}=`));
    return pair && decoded(pair.slice(name.length + 1));
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  // ------------------------------------------------------- words and numbers

  const NUMBER = new Intl.NumberFormat();
  const DECIMAL = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
  const PERCENT = new Intl.NumberFormat(undefined, { style: 'percent' });
  const DATE_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const EXACT_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
  const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
  const MONTH = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short' });
  const ZONED = /(?:Z|[+-]\d\d:?\d\d)$/;

  const MIGRATION_STATES = {
    'pending': 'Pending',
    'applied': 'Applied',
    'running': 'Running',
    'failed': 'Failed',
    'changed': 'Changed',
    'missing': 'Missing',
    'out-of-order': 'Out of order',
    'held': 'Held',
  };

  const STATE_TEXTS = {
    'up-to-date': () => 'Up to date',
    'pending': (list) => `${count(list.pending.length, 'migration')} pending`,
    'running': (list) => `Running${list.running ? `: ${list.running.operation}` : ''}`,
    'waiting': () => 'Waiting',
    'failed': () => 'Failed',
    'held': () => 'Held after a rollback',
    'invalid': () => 'Invalid: every run would be refused',
  };

  const RESTORED_TEXTS = {
    'exact': 'The schema is exactly as it was before.',
    'except-column-order': 'The schema is as it was before, except for the order of columns.',
    'unknown': 'It is not known whether the schema is as it was before: nothing is recorded to compare with.',
    'no': 'The schema is not as it was before.',
  };

  const REVERSIBILITY_TEXTS = {
    'exact': 'The rehearsal has shown that its DOWN restores the schema exactly.',
    'except-column-order': 'The rehearsal has shown that its DOWN restores the schema, except for the order of columns.',
    'except-white-space': 'The rehearsal has shown that its DOWN restores the schema, except for white space in functions.',
    'no': 'The rehearsal has shown that its DOWN does not restore the schema.',
    'down-failed': 'Its DOWN failed in the rehearsal.',
    'up-failed': 'Its UP failed in the rehearsal, so that nothing is known of its DOWN.',
  };

  function count(number, noun) {
    return `${NUMBER.format(number)} ${noun}${number === 1 ? '' : 's'}`;
  }

  function capitalized(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  function duration(ms) {
    if (ms < 1000) {
      return `${NUMBER.format(ms)} ms`;
    }
    const seconds = ms / 1000;
    if (seconds < 60) {
      return `${DECIMAL.format(seconds)} s`;
    }
    const minutes = Math.floor(seconds / 60);
    return minutes < 60 ? `${minutes} min ${Math.floor(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  }

  function size(bytes) {
    const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
    const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
    return `${DECIMAL.format(bytes / 1024 ** power)} ${units[power]}`;
  }

  function rowCount(rows, estimated) {
    if (rows === undefined) {
      return 'an unknown number of rows';
    }
    return `${estimated ? 'about ' : ''}${count(rows, 'row')}`;
  }

  // ---------------------------------------------------------------- elements

  /**
   * Makes an element. What is given as text stays text, so that nothing of a migration is ever read as HTML; a
   * function listens to the event of that name; children that are missing are left out.
   */
  function element(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes ?? {})) {
      if (typeof value === 'function') {
        node.addEventListener(key, value);
      } else if (value !== undefined && value !== null && value !== false) {
        node.setAttribute(key, value === true ? '' : value);
      }
    }
    node.append(...present(children));
    return node;
  }

  function present(children) {
    return children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false);
  }

  function svg(name, attributes, ...children) {
    const node = document.createElementNS('http://www.w3.org/2000/svg', name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    node.append(...children);
    return node;
  }

  function byId(id) {
    return document.getElementById(id);
  }

  function field(box, name) {
    return box.querySelector(`[data-field=${name}]`);
  }

  /** Leaves a text that is the same alone, because live regions speak whatever is set. */
  function setText(node, text) {
    if (node.textContent !== text) {
      node.textContent = text;
    }
  }

  function button(text, listener, attributes) {
    return element('button', { type: 'button', click: listener, ...attributes }, text);
  }

  function bulleted(texts) {
    return element('ul', null, texts.map((text) => element('li', null, text)));
  }

  /** A time in the zone of the reader; one without a zone is that of the server of another runner, and stays as it is. */
  function time(text, format = DATE_TIME) {
    const datetime = text.replace(/(\.\d{3})\d+/, '$1');
    if (!ZONED.test(text)) {
      const local = text.replace('T', ' ').replace(/\.\d+$/, '');
      return element('time', { datetime, title: 'Written without a zone by another runner' }, `${local} (server time)`);
    }
    const instant = new Date(text);
    return isReal(instant) ? element('time', { datetime, title: text }, format.format(instant)) : element('span', null, text);
  }

  /** PostgreSQL has times that JavaScript has not, such as infinity. */
  function isReal(instant) {
    return !Number.isNaN(instant.getTime());
  }

  /** A box that scrolls by itself, also by keyboard. */
  function scrollable(label, className, ...children) {
    return element('div', { 'class': className, 'tabindex': 0, 'role': 'region', 'aria-label': label }, children);
  }

  function stateLabel(state) {
    return element('span', { 'class': `state state-${state}` }, MIGRATION_STATES[state] ?? state);
  }

  // -------------------------------------------------------------- SQL in color

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
  function highlighted(sql) {
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

  // -------------------------------------------------------------------- model

  const model = {
    list: null,
    rows: new Map(),
    shown: [],
    selected: null,
  };

  function isBusy() {
    return Boolean(model.list?.running) || operation.underWay;
  }

  // ---------------------------------------------------------- header and notes

  function renderHeader(list) {
    renderDatabase(list.database);
    const text = (STATE_TEXTS[list.state] ?? (() => list.state))(list);
    byId('state').dataset.state = list.state;
    setText(byId('state'), text);
    document.title = present([text, APPLICATION || 'Migrations']).join(' · ');
    renderActions(list);
    renderProblems(list.problems);
  }

  function renderDatabase(database) {
    const values = {
      application: APPLICATION,
      database: database?.name ?? 'not reached',
      schema: database?.schema ?? '–',
      server: database ? `PostgreSQL ${database.version} ${database.host ? `on ${database.host}` : 'on a local socket'}` : '–',
      user: database?.user ?? '–',
    };
    Object.entries(values).forEach(([name, value]) => setText(field(byId('summary'), name), value));
  }

  function renderActions(list) {
    const box = byId('actions');
    if (box.dataset.writable !== String(list.writable)) {
      box.dataset.writable = list.writable;
      box.replaceChildren(...actions(list.writable));
    }
    if (list.writable) {
      const possible = Boolean(list.database) && !isBusy();
      byId('open-migrate').disabled = !possible || list.pending.length === 0;
      byId('open-rollback').disabled = !possible || list.applied.length === 0;
    }
  }

  function actions(writable) {
    if (!writable) {
      return [element('p', { id: 'read-only' }, 'Read-only: this endpoint shows everything and changes nothing.')];
    }
    return [
      button('Migrate …', () => openOperation('migrate'), { id: 'open-migrate' }),
      button('Roll back …', () => openOperation('rollback'), { id: 'open-rollback' }),
    ];
  }

  function renderProblems(problems) {
    const box = byId('problems');
    const texts = [...box.children].map((item) => item.textContent);
    box.hidden = problems.length === 0;
    if (texts.join('\0') !== problems.join('\0')) {
      box.replaceChildren(...problems.map((problem) => element('li', null, problem)));
    }
  }

  function showBanner(error, suffix = '') {
    const banner = byId('error');
    banner.dataset.kind = error.kind;
    banner.hidden = false;
    setText(banner, error.message + suffix);
  }

  /** What is said of an operation stays until the next one; what is said of the connection, until there is one again. */
  function clearBanner(ofOperation) {
    const banner = byId('error');
    if (ofOperation || banner.dataset.kind !== 'read-only') {
      banner.hidden = true;
      setText(banner, '');
    }
  }

  async function checkDrift() {
    const check = byId('check-drift');
    if (check.getAttribute('aria-disabled') === 'true') {
      return;
    }
    check.setAttribute('aria-disabled', 'true');
    setText(byId('drift-text'), 'looking …');
    const { run: before } = operation;
    try {
      const { drift } = await request('?drift=true');
      if (operation.run === before && !operation.underWay) {
        renderDrift(drift);
      } else {
        forgetDrift();
      }
    } catch (error) {
      setText(byId('drift-text'), 'not looked at');
      showBanner(error);
    } finally {
      check.removeAttribute('aria-disabled');
    }
  }

  /** What was found before an operation says nothing of the schema after it. */
  function forgetDrift() {
    delete byId('drift').dataset.drift;
    setText(byId('drift-text'), 'not looked at');
    byId('drift-differences').hidden = true;
  }

  function renderDrift(differences) {
    const found = differences?.length ?? 0;
    byId('drift').dataset.drift = differences ? String(found > 0) : 'unknown';
    setText(byId('drift-text'), driftText(differences));
    byId('drift-differences').hidden = found === 0;
    byId('drift-differences').replaceChildren(...(found > 0 ? driftContent(differences) : []));
  }

  function driftText(differences) {
    if (!differences) {
      return 'cannot be told';
    }
    return differences.length === 0 ? 'none' : `${count(differences.length, 'object')} changed by hand or by another tool`;
  }

  function driftContent(differences) {
    return [
      element('h2', null, 'Drift'),
      element('p', { 'class': 'muted' }, 'What differs from how the newest run left the schema:'),
      differenceList(differences),
    ];
  }

  function differenceList(differences) {
    return element('ul', { 'class': 'differences' }, differences.map(({ kind, identity, before, after }) =>
      element('li', null,
        element('span', { 'class': 'muted' }, kind), ' ', element('strong', null, identity),
        before === undefined ? element('span', null, ' is there and was not') : element('del', null, before),
        after === undefined ? element('span', null, ' was there and is not') : element('ins', null, after))));
  }

  // ----------------------------------------------------------- what is running

  function renderRunning(box, running) {
    if (!box.firstChild) {
      box.append(...runningFields());
    }
    setText(field(box, 'operation'), capitalized(running.operation));
    setText(field(box, 'version'), running.version ? `version ${running.version}` : 'before the first migration');
    setText(field(box, 'statement'), running.statement > 0 ? `statement ${running.statement} of ${running.statements}` : '');
    setText(field(box, 'requestedBy'), running.requestedBy ?? 'the application itself');
    renderSince(box, running.since);
    renderProgress(box, running.progress);
    const waiting = field(box, 'waitingFor');
    waiting.hidden = !running.waitingFor;
    setText(waiting, running.waitingFor ? `Waits for ${running.waitingFor}` : '');
  }

  function runningFields() {
    return [
      element('p', { 'class': 'headline' },
        element('strong', { 'data-field': 'operation' }), ' ',
        element('span', { 'data-field': 'version' }), ' ',
        element('span', { 'class': 'muted', 'data-field': 'statement' })),
      element('div', { 'data-field': 'progress', 'aria-live': 'off', 'hidden': true },
        element('span', { 'class': 'progress-text' }),
        element('progress', { 'aria-label': 'Progress of the statement' })),
      element('p', { 'class': 'waiting', 'data-field': 'waitingFor', 'hidden': true }),
      element('p', { 'class': 'muted' },
        'Requested by ', element('span', { 'data-field': 'requestedBy' }), ', ',
        element('span', { 'data-field': 'since' }), ' ',
        element('span', { 'class': 'elapsed', 'aria-hidden': 'true' })),
    ];
  }

  function renderSince(box, since) {
    const target = field(box, 'since');
    if (target.dataset.since !== since) {
      target.dataset.since = since;
      target.replaceChildren('since ', time(since, EXACT_TIME));
    }
    const elapsed = Math.max(1, Date.now() - Date.parse(since));
    setText(box.querySelector('.elapsed'), `(${duration(Math.ceil(elapsed / 1000) * 1000)})`);
  }

  function renderProgress(box, progress) {
    const target = field(box, 'progress');
    target.hidden = !progress;
    if (!progress) {
      return;
    }
    const bar = target.querySelector('progress');
    if (progress.total) {
      bar.max = progress.total;
      bar.value = progress.done;
    } else {
      bar.removeAttribute('value');
    }
    setText(target.querySelector('.progress-text'), progressText(progress));
  }

  function progressText({ command, phase, done, total, unit }) {
    const amount = total
      ? `${NUMBER.format(done)} of ${NUMBER.format(total)} ${unit} (${PERCENT.format(Math.min(done / total, 1))})`
      : `${NUMBER.format(done)} ${unit}`;
    return `${command}: ${present([phase, amount]).join(', ')}`;
  }

  // ------------------------------------------------------------------ timeline

  /** Returns whether anything differs from what was shown before. */
  function renderTimeline(list) {
    const entries = [...list.pending].reverse().concat([...list.applied].reverse());
    const outdated = new Set(model.rows.keys());
    let changed = false;
    for (const entry of entries) {
      outdated.delete(entry.version);
      changed = renderRow(entry) || changed;
    }
    outdated.forEach(removeRow);
    changed = placeRows(entries) || changed || outdated.size > 0;
    if (changed) {
      const longest = Math.max(3, ...entries.map(({ version }) => version.length));
      byId('timeline').style.setProperty('--version-width', `${Math.min(longest, 20)}ch`);
      renderFilter(entries);
      applyFilter();
    }
    return changed;
  }

  function renderRow(entry) {
    const signature = JSON.stringify(entry);
    const row = model.rows.get(entry.version) ?? createRow(entry.version);
    if (row.signature === signature) {
      return false;
    }
    row.outdated = row.signature !== undefined;
    Object.assign(row, { signature, entry, words: searchable(entry) });
    row.item.dataset.state = entry.state;
    row.button.replaceChildren(...rowContent(entry));
    return true;
  }

  function createRow(version) {
    const entry = element('button', { 'type': 'button', 'class': 'entry', 'tabindex': -1 });
    const item = element('li', { 'data-version': version }, entry);
    const row = { item, button: entry };
    model.rows.set(version, row);
    return row;
  }

  function removeRow(version) {
    model.rows.get(version).item.remove();
    model.rows.delete(version);
  }

  /** Moves only what stands elsewhere, so that focus and scroll position stay. */
  function placeRows(entries) {
    const timeline = byId('timeline');
    if (!timeline.firstElementChild) {
      const fragment = document.createDocumentFragment();
      entries.forEach((entry) => fragment.append(model.rows.get(entry.version).item));
      timeline.append(fragment);
      return true;
    }
    const focused = document.activeElement;
    let moved = false;
    let place = timeline.firstElementChild;
    for (const { version } of entries) {
      const { item } = model.rows.get(version);
      if (item === place) {
        place = place.nextElementSibling;
      } else {
        timeline.insertBefore(item, place);
        moved = true;
      }
    }
    if (focused !== document.activeElement) {
      focused.focus({ preventScroll: true });
    }
    return moved;
  }

  function searchable(entry) {
    return [entry.version, entry.description, entry.author, MIGRATION_STATES[entry.state], entry.appliedBy, entry.heldBy,
      ...marks(entry)].join(' ').toLowerCase();
  }

  function marks(entry) {
    return present([
      entry.reversible === false && 'irreversible',
      entry.transactional === false && 'not transactional',
      entry.transactional === undefined && 'no file here',
    ]);
  }

  /** The blanks between the parts keep them apart for screen readers. */
  function rowContent(entry) {
    return [
      stateLabel(entry.state), ' ',
      element('span', { 'class': 'version' }, entry.version), ' ',
      element('span', { 'class': 'what' },
        element('span', { 'class': 'description' }, entry.description),
        marks(entry).map((mark) => [' ', element('span', { 'class': 'mark' }, mark)]),
        entry.author && [' ', element('span', { 'class': 'author' }, entry.author)]), ' ',
      element('span', { 'class': 'when' }, ...when(entry)), ' ',
      element('span', { 'class': 'took' }, entry.executionTimeMs === undefined ? '' : duration(entry.executionTimeMs)),
    ];
  }

  function when(entry) {
    if (entry.heldSince) {
      return present(['rolled back ', time(entry.heldSince), entry.heldBy && ` by ${entry.heldBy}`]);
    }
    return present([entry.appliedAt && time(entry.appliedAt), entry.appliedBy && ` by ${entry.appliedBy}`]);
  }

  function renderFilter(entries) {
    const amounts = new Map();
    entries.forEach(({ state }) => amounts.set(state, (amounts.get(state) ?? 0) + 1));
    for (const option of byId('filter').options) {
      const amount = option.value === 'all' ? entries.length : amounts.get(option.value) ?? 0;
      setText(option, `${MIGRATION_STATES[option.value] ?? 'All'} (${NUMBER.format(amount)})`);
    }
  }

  function applyFilter() {
    const words = byId('search').value.toLowerCase().split(/\s+/);
    const state = byId('filter').value;
    model.shown = [];
    for (const item of byId('timeline').children) {
      const row = model.rows.get(item.dataset.version);
      const fits = (state === 'all' || row.entry.state === state) && words.every((word) => row.words.includes(word));
      item.hidden = !fits;
      if (fits) {
        model.shown.push(row);
      }
    }
    renderCount();
    ensureTabStop();
  }

  function renderCount() {
    const all = model.rows.size;
    const shown = model.shown.length;
    setText(byId('count'), shown === all ? count(all, 'migration') : `${NUMBER.format(shown)} of ${count(all, 'migration')}`);
    byId('empty').hidden = shown > 0;
    setText(byId('empty'), all > 0 ? 'No migration fits the search and the filter.' : 'There are no migrations.');
  }

  let filterRequested = 0;

  function requestFilter() {
    cancelAnimationFrame(filterRequested);
    filterRequested = requestAnimationFrame(applyFilter);
  }

  /** The tab key reaches one row; the arrow keys reach the others. */
  function ensureTabStop() {
    const current = model.shown.find((row) => row.button.tabIndex === 0);
    if (!current && model.shown.length > 0) {
      setTabStop(model.shown[0].button);
    }
  }

  function setTabStop(target) {
    byId('timeline').querySelector('.entry[tabindex="0"]')?.setAttribute('tabindex', -1);
    target.tabIndex = 0;
  }

  function moveInTimeline(event) {
    const index = model.shown.findIndex((row) => row.button === event.target);
    const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: model.shown.length - 1 }[event.key];
    if (index < 0 || !model.shown[next]) {
      return;
    }
    event.preventDefault();
    setTabStop(model.shown[next].button);
    model.shown[next].button.focus();
  }

  // ------------------------------------------------------------- one migration

  function openFromTimeline(event) {
    const entry = event.target.closest('.entry');
    if (entry) {
      setTabStop(entry);
      openDetails(entry.parentElement.dataset.version);
    }
  }

  async function openDetails(version) {
    select(version);
    byId('details').hidden = false;
    await loadDetails(version);
    if (model.selected === version) {
      byId('details').scrollTop = 0;
      focusDetails();
    }
  }

  /** On a small screen the details stand in the place of the timeline. */
  function focusDetails() {
    const alone = getComputedStyle(byId('timeline').parentElement).display === 'none';
    if (alone) {
      byId('details').scrollIntoView();
    }
    byId('details-heading').focus({ preventScroll: alone });
  }

  /** Shows the newest answer only: another migration may have been chosen meanwhile. */
  async function loadDetails(version) {
    try {
      const details = await request(`/${encodeURIComponent(version)}`);
      if (model.selected === version) {
        renderDetails(details);
      }
    } catch (error) {
      if (model.selected === version) {
        renderDetailsProblem(version, error);
      }
    }
  }

  function select(version) {
    model.rows.get(model.selected)?.button.removeAttribute('aria-current');
    model.selected = version;
    model.rows.get(version)?.button.setAttribute('aria-current', 'true');
    document.body.classList.toggle('with-details', version !== null);
    history.replaceState(null, '', version === null ? location.pathname + location.search : `#/${encodeURIComponent(version)}`);
  }

  function closeDetails() {
    const row = model.rows.get(model.selected);
    select(null);
    byId('details').hidden = true;
    byId('details').replaceChildren();
    (row?.button ?? byId('timeline')).focus();
  }

  function refreshDetails() {
    const row = model.rows.get(model.selected);
    if (row?.outdated) {
      row.outdated = false;
      loadDetails(model.selected);
    }
  }

  function renderDetailsProblem(version, error) {
    byId('details').dataset.version = version;
    byId('details').replaceChildren(
      detailsHead(version, error.problem?.title ?? 'Not shown'),
      element('p', { 'role': 'alert' }, error.message));
  }

  function renderDetails(details) {
    const box = byId('details');
    const hadFocus = box.contains(document.activeElement);
    const { scrollTop } = box;
    box.dataset.version = details.version;
    box.replaceChildren(...present([
      detailsHead(details.version, details.description),
      element('p', { 'class': 'badges' }, stateLabel(details.state), marks(details).map((mark) => [' ', element('span', { 'class': 'mark' }, mark)])),
      metadata(details),
      findings(details.rehearsal),
      sqlSection('up', 'UP', null, details.up ?? null, 'There is no file for it here.'),
      sqlSection('down', 'DOWN', sourceText(details.downSource), details.down ?? null, 'There is no DOWN.'),
      details.truncated && element('p', { 'class': 'note' }, 'SQL over 256 KB is cut here; the file has all of it.'),
      events(details.events),
    ]));
    box.scrollTop = scrollTop;
    if (hadFocus) {
      byId('details-heading').focus();
    }
  }

  function detailsHead(version, description) {
    return element('div', { 'class': 'details-head' },
      element('h2', { 'id': 'details-heading', 'tabindex': -1 },
        element('span', { 'class': 'version' }, version), ' ', element('span', null, description)),
      button('Close', closeDetails, { 'id': 'details-close', 'class': 'quiet', 'aria-label': 'Close the migration' }));
  }

  function metadata(details) {
    const { Author: author, Date: date, ...others } = details.metadata;
    const known = {
      'Author': details.author ?? author,
      'Written': details.date ?? date,
      'Applied': details.appliedAt && [time(details.appliedAt, EXACT_TIME), details.appliedBy && ` by ${details.appliedBy}`],
      'Took': details.executionTimeMs !== undefined && duration(details.executionTimeMs),
      'Held': details.heldSince && heldText(details),
      'Runs': details.transactional !== undefined && (details.transactional ? 'in a transaction' : 'statement by statement, without a transaction'),
      'Reversible': details.reversible !== undefined && (details.reversible ? 'yes, as far as its file says' : 'no'),
      'Checksum': details.checksum && element('code', null, details.checksum),
    };
    const pairs = Object.entries({ ...others, ...known }).filter(([, value]) => value);
    return element('dl', { id: 'metadata' }, pairs.map(([term, value]) =>
      element('div', null, element('dt', null, term), element('dd', null, value))));
  }

  function heldText(details) {
    return ['rolled back ', time(details.heldSince, EXACT_TIME), details.heldBy && ` by ${details.heldBy}`,
      details.heldReason && [', because: ', element('q', null, details.heldReason)]];
  }

  function sourceText(source) {
    return { stored: 'as it was stored when the UP was applied', file: 'of the file' }[source];
  }

  function sqlSection(name, title, note, sql, absent) {
    return element('section', { 'data-section': name },
      element('h3', null, title, note && element('small', null, ` ${note}`)),
      sql === null
        ? element('p', { 'class': 'muted' }, absent)
        : scrollable(`SQL of the ${title}`, 'sql', element('pre', null, element('code', null, highlighted(sql)))));
  }

  function findings(rehearsal) {
    return rehearsal && element('section', { id: 'findings' }, element('h3', null, 'Rehearsal'), verdict(rehearsal));
  }

  function verdict({ reversibility, findings: found }) {
    const bad = ['no', 'down-failed', 'up-failed'].includes(reversibility);
    return [
      element('p', { 'class': bad ? 'note bad' : 'note good' }, REVERSIBILITY_TEXTS[reversibility] ?? reversibility),
      found.map(finding),
    ];
  }

  function finding(found) {
    return element('article', { 'class': 'finding', 'data-severity': found.severity },
      element('p', null, element('strong', null, capitalized(found.severity)), ' ', element('code', null, found.code), ' ',
        element('span', { 'class': 'place' }, place(found))),
      element('p', { 'class': 'prose' }, found.message),
      element('p', { 'class': 'prose muted' }, found.consequence),
      found.accepted
        ? element('p', { 'class': 'prose' }, `Accepted by the file: ${found.accepted}`)
        : element('pre', { 'class': 'rewrite' }, element('code', null, highlighted(found.rewrite))));
  }

  function place({ file, line, column }) {
    return [file, line || null, (line && column) || null].filter((part) => part !== null).join(':');
  }

  function events(list) {
    return element('section', null,
      element('h3', null, 'Events'),
      list.length === 0
        ? element('p', { 'class': 'muted' }, 'Nothing is recorded of it.')
        : element('table', { id: 'events' },
          element('thead', null, element('tr', null, ['When', 'What', 'Took'].map((name) => element('th', { scope: 'col' }, name)))),
          element('tbody', null, list.map(eventRow))));
  }

  function eventRow(event) {
    return element('tr', { 'data-outcome': event.outcome, 'data-operation': event.operation },
      element('td', null, time(event.occurredAt, EXACT_TIME)),
      element('td', null,
        element('p', null, element('strong', null, event.operation), ` ${event.phase}`, event.outcome && [': ', element('span', { 'class': 'outcome' }, event.outcome)]),
        element('p', null, `by ${event.requestedBy ?? 'the application itself'}`),
        event.reason && element('p', null, element('q', null, event.reason)),
        event.error && element('p', { 'class': 'prose bad' }, event.error),
        event.verification && element('p', { 'class': 'prose' }, `Verification: ${event.verification}`),
        event.backup && element('p', { 'class': 'prose' }, `Backup: ${event.backup}`),
        element('p', { 'class': 'muted' }, eventOrigin(event)),
        element('p', { 'class': 'muted' }, 'Operation ', element('code', null, event.operationId)),
        event.token && element('p', { 'class': 'muted' }, 'Token ', element('code', null, event.token))),
      element('td', { 'class': 'took' }, event.durationMs === undefined ? '' : duration(event.durationMs)));
  }

  function eventOrigin({ databaseUser, application, host }) {
    return present([`Database user ${databaseUser}`, application && `application ${application}`, host && `host ${host}`]).join(', ');
  }

  // -------------------------------------------------------------------- charts

  const CHART_WIDTH = 400;
  const CHART_HEIGHT = 100;
  const MOST_POINTS = 120;
  const LEAST_MONTHS = 12;
  const MOST_MONTHS = 36;

  function renderCharts(applied) {
    renderDurations(applied.filter((entry) => entry.executionTimeMs !== undefined));
    renderMonths(applied.filter(({ appliedAt }) => isReal(new Date(appliedAt))));
  }

  function renderDurations(applied) {
    const points = slowestOfEach(applied, MOST_POINTS);
    const slowest = points.reduce((most, each) => (!most || each.executionTimeMs > most.executionTimeMs ? each : most), null);
    const decades = Math.max(1, Math.ceil(Math.log10(Math.max(slowest?.executionTimeMs ?? 1, 1))));
    const step = CHART_WIDTH / Math.max(points.length, 1);
    const y = (ms) => CHART_HEIGHT - 6 - (CHART_HEIGHT - 12) * Math.log10(Math.max(ms, 1)) / decades;
    drawChart('durations', 'Duration of each migration', durationsText(applied, slowest), [
      ...Array.from({ length: decades + 1 }, (_, decade) => gridLine(y(10 ** decade))),
      ...points.map((point, index) => stem((index + 0.5) * step, y(point.executionTimeMs), `${point.version}: ${duration(point.executionTimeMs)}`)),
    ]);
    setText(byId('durations-note'), slowest ? `slowest ${slowest.version}, ${duration(slowest.executionTimeMs)}` : 'nothing applied yet');
    renderAxis('durations-axis', slowest ? [dayOf(points[0]), 'logarithmic', dayOf(points.at(-1))] : []);
  }

  /** A point stands for several migrations when there are many: for the slowest of them. */
  function slowestOfEach(applied, most) {
    const length = Math.ceil(applied.length / most);
    const points = [];
    for (let start = 0; start < applied.length; start += length) {
      points.push(applied.slice(start, start + length).reduce((a, b) => (b.executionTimeMs > a.executionTimeMs ? b : a)));
    }
    return points;
  }

  function durationsText(applied, slowest) {
    return slowest
      ? `How long ${count(applied.length, 'migration')} took, in the order of application, on a logarithmic scale. The slowest is ${slowest.version} with ${duration(slowest.executionTimeMs)}.`
      : 'Nothing is applied yet.';
  }

  function dayOf({ appliedAt }) {
    const instant = new Date(appliedAt);
    return isReal(instant) ? DATE.format(instant) : appliedAt ?? '';
  }

  function renderMonths(applied) {
    const months = appliedPerMonth(applied);
    const most = Math.max(1, ...months.map((month) => month.amount));
    const step = CHART_WIDTH / Math.max(months.length, 1);
    const width = Math.min(step * 0.7, 8);
    drawChart('months', 'Applied migrations per month', monthsText(months), [
      gridLine(CHART_HEIGHT),
      ...months.filter((month) => month.amount > 0).map((month) => bar(month, (months.indexOf(month) + 0.5) * step - width / 2, width, most)),
    ]);
    setText(byId('months-note'), months.length > 0 ? `at most ${NUMBER.format(most)}` : 'nothing applied yet');
    renderAxis('months-axis', [...new Set([months[0], months.at(-1)])].filter(Boolean).map(({ name }) => name));
  }

  function appliedPerMonth(applied) {
    const amounts = new Map();
    applied.forEach(({ appliedAt }) => {
      const date = new Date(appliedAt);
      const month = date.getFullYear() * 12 + date.getMonth();
      amounts.set(month, (amounts.get(month) ?? 0) + 1);
    });
    const known = [...amounts.keys()].sort((a, b) => a - b);
    const months = [];
    const first = Math.max(Math.min(known[0], known.at(-1) - LEAST_MONTHS + 1), known.at(-1) - MOST_MONTHS + 1);
    for (let month = first; month <= known.at(-1); month++) {
      months.push({ name: MONTH.format(new Date(Math.floor(month / 12), month % 12)), amount: amounts.get(month) ?? 0 });
    }
    return months;
  }

  function monthsText(months) {
    return months.length === 0 ? 'Nothing is applied yet.' : months.filter(({ amount }) => amount > 0).map(({ name, amount }) => `${name}: ${amount}`).join(', ');
  }

  function drawChart(name, title, description, shapes) {
    byId(`chart-${name}`).replaceChildren(
      svg('title', { id: `${name}-title` }, title),
      svg('desc', { id: `${name}-desc` }, description),
      ...shapes);
  }

  function gridLine(y) {
    return svg('path', { 'class': 'grid', 'd': `M0 ${y}H${CHART_WIDTH}` });
  }

  /** The dot is the round end of a line without length, because the chart is stretched to its place. */
  function stem(x, y, text) {
    return svg('g', {},
      svg('title', {}, text),
      svg('path', { 'class': 'stem', 'd': `M${x} ${CHART_HEIGHT}V${y}` }),
      svg('path', { 'class': 'dot', 'd': `M${x} ${y}h0.01` }));
  }

  function bar({ name, amount }, x, width, most) {
    const height = (CHART_HEIGHT - 6) * amount / most;
    return svg('rect', { 'class': 'bar', 'x': x, 'y': CHART_HEIGHT - height, width, height },
      svg('title', {}, `${name}: ${amount}`));
  }

  function renderAxis(id, labels) {
    byId(id).replaceChildren(...labels.map((label) => element('span', null, label)));
  }

  // ---------------------------------------------- operations: choose and plan

  const BACKUP_MODES = { 'in-database': 'In the database', 'pg-dump': 'With pg_dump', 'none': 'None' };

  const OPERATIONS = {
    rollback: {
      title: 'Roll back',
      does: (amount) => `Roll back ${count(amount, 'migration')}`,
      choices: rollbackChoices,
      chosen: chosenRollback,
      preview: previewRollback,
      leaves: (amount) => `The newest one is then ${model.list.applied.at(-1 - amount)?.version ?? 'none'}.`,
    },
    migrate: {
      title: 'Migrate',
      does: (amount) => `Apply ${count(amount, 'migration')}`,
      choices: migrateChoices,
      chosen: chosenMigrate,
      preview: previewMigrate,
      leaves: () => '',
    },
  };

  /** What the dialog works on; `choice` holds the arguments that plan and run have in common. */
  const operation = {
    kind: 'rollback', database: null, choice: {}, plan: null, reason: '', run: 0, underWay: false, lost: false, refusal: null, others: null, seen: null, idle: 0,
  };

  function openOperation(kind) {
    if (operation.underWay) {
      byId('operation').showModal();
      return;
    }
    Object.assign(operation, { kind, database: model.list.database.name, choice: {}, plan: null, reason: '' });
    clearBanner(true);
    showChoose();
    byId('operation').showModal();
    focusInDialog('input, select');
  }

  function showStep(step, title, content, focus = '#operation-heading') {
    const dialog = byId('operation');
    dialog.dataset.step = step;
    setText(byId('operation-heading'), title);
    byId('operation-body').replaceChildren(...present(content));
    if (dialog.open) {
      focusInDialog(focus);
      byId('operation-body').scrollTop = 0;
    }
  }

  function focusInDialog(selector) {
    (byId('operation-body').querySelector(selector) ?? byId('operation-heading')).focus();
  }

  function buttons(...all) {
    return element('div', { 'class': 'buttons' }, all);
  }

  function showChoose() {
    const { title, choices } = OPERATIONS[operation.kind];
    showStep('choose', title, [
      element('form', { submit: submitChoice, input: renderPreview },
        choices(operation.choice),
        element('p', { 'id': 'preview', 'class': 'note', 'aria-live': 'polite' }),
        buttons(
          element('p', { 'class': 'muted' }, 'A plan executes nothing.'),
          element('button', { 'type': 'submit', 'id': 'make-plan', 'class': 'primary' }, 'Show the plan'))),
    ], 'input, select');
    renderPreview();
  }

  function rollbackChoices({ count: amount, to: version }) {
    const applied = [...model.list.applied].reverse();
    const to = applied.slice(1);
    return element('fieldset', null,
      element('legend', null, 'What is taken back?'),
      element('div', { 'class': 'choice' },
        element('label', null, element('input', { type: 'radio', name: 'amount', value: 'count', checked: !version }), ' The latest'), ' ',
        element('input', { 'type': 'number', 'id': 'count-value', 'min': 1, 'max': applied.length, 'value': amount ?? 1, 'required': true,
          'aria-label': 'How many migrations', 'input': () => chooseAmount('count') }),
        ` of ${NUMBER.format(applied.length)} applied`),
      to.length > 0 && element('div', { 'class': 'choice' },
        element('label', null, element('input', { type: 'radio', name: 'amount', value: 'to', checked: Boolean(version) }), ' Down to version'), ' ',
        element('select', { 'id': 'to-value', 'aria-label': 'Version that stays as the newest one', 'input': () => chooseAmount('to') },
          to.map((each) => versionOption(each, version)))));
  }

  function chooseAmount(value) {
    byId('operation-body').querySelector(`input[name=amount][value=${value}]`).checked = true;
  }

  function migrateChoices({ to }) {
    const { pending } = model.list;
    return element('div', { 'class': 'choice' },
      element('label', { 'for': 'to-value' }, 'Apply up to'), ' ',
      element('select', { id: 'to-value' },
        element('option', { value: 'all' }, `the last one (all ${NUMBER.format(pending.length)})`), pending.map((each) => versionOption(each, to))));
  }

  function versionOption({ version, description }, chosen) {
    return element('option', { value: version, selected: version === chosen }, `${version} ${description}`);
  }

  function chosenRollback() {
    const amount = byId('operation-body').querySelector('input[name=amount]:checked').value;
    return amount === 'count' ? { count: Number(byId('count-value').value) } : { to: byId('to-value').value };
  }

  function chosenMigrate() {
    const to = byId('to-value').value;
    return to === 'all' ? {} : { to };
  }

  function previewRollback({ count: amount, to }) {
    const applied = [...model.list.applied].reverse();
    return applied.slice(0, to ? applied.findIndex(({ version }) => version === to) : amount);
  }

  function previewMigrate({ to }) {
    const { pending } = model.list;
    return to ? pending.slice(0, pending.findIndex(({ version }) => version === to) + 1) : pending;
  }

  function renderPreview() {
    const { chosen, preview, does, leaves } = OPERATIONS[operation.kind];
    const migrations = preview(chosen());
    if (migrations.length === 0) {
      setText(byId('preview'), '');
      return;
    }
    const first = migrations.slice(0, 5).map(({ version }) => version).join(', ');
    setText(byId('preview'), `${does(migrations.length)}: ${first}${migrations.length > 5 ? ', …' : '.'} ${leaves(migrations.length)}`);
  }

  function submitChoice(event) {
    event.preventDefault();
    operation.choice = OPERATIONS[operation.kind].chosen();
    makePlan();
  }

  async function makePlan() {
    const { kind, choice } = operation;
    showStep('plan', OPERATIONS[kind].title, [element('p', { role: 'status' }, 'Making the plan …')]);
    const next = await request(`/plan?${new URLSearchParams({ operation: kind, ...choice })}`)
      .then((plan) => () => showPlan(plan), (error) => () => showProblem(error));
    if (operation.choice === choice) {
      next();
    }
  }

  function showPlan(plan) {
    operation.plan = plan;
    const { does } = OPERATIONS[operation.kind];
    const runnable = plan.problems.length === 0 && plan.migrations.length > 0;
    showStep('plan', `Plan: ${does(plan.migrations.length)}`, [
      element('div', { id: 'plan' },
        planNotes('problems', 'This would be refused', plan.problems, 'bad'),
        forceChoice(plan),
        planNotes('warnings', 'Warnings', plan.warnings, 'warn'),
        planSection('losses', 'Data that is lost', losses(plan)),
        planSection('backup', 'Backup', plan.backup && [element('p', { 'class': 'prose' }, `${BACKUP_MODES[plan.backup.mode] ?? plan.backup.mode}: ${plan.backup.description}`)]),
        planSection('segments', 'What stands or falls together', plan.segments.length > 0 && [segments(plan.segments)]),
        planSection('tables', 'Tables that are concerned', plan.tables.length > 0 && [tables(plan.tables)]),
        planSection('statements', 'Exactly this would run', plannedMigrations(plan.migrations))),
      buttons(
        button('Back', showChoose),
        button('Continue …', showConfirm, { id: 'to-confirm', class: 'primary', disabled: !runnable })),
    ]);
  }

  function planSection(name, title, content) {
    return element('section', { 'data-plan': name, 'hidden': !content }, content && [element('h3', null, title), content]);
  }

  function planNotes(name, title, texts, tone) {
    const section = planSection(name, title, texts.length > 0 && [bulleted(texts)]);
    section.classList.add('notes', tone);
    return section;
  }

  /** Force is for one thing only: a DOWN that the rehearsal has shown not to restore the schema. */
  function forceChoice(plan) {
    const known = plan.migrations.some(({ rehearsal }) => ['no', 'down-failed'].includes(rehearsal?.reversibility));
    if (operation.kind !== 'rollback' || !known) {
      return null;
    }
    return element('label', { 'class': 'choice force' },
      element('input', { type: 'checkbox', id: 'force', checked: Boolean(operation.choice.force), change: changeForce }),
      ' Roll back nevertheless, although the rehearsal has shown that the schema would not be restored');
  }

  function changeForce(event) {
    const { force, ...choice } = operation.choice;
    operation.choice = event.target.checked ? { ...choice, force: true } : choice;
    makePlan();
  }

  function losses(plan) {
    if (plan.operation !== 'rollback') {
      return null;
    }
    const unknown = plan.lossesUnknown.length > 0
      && element('p', null, `Not known of ${plan.lossesUnknown.join(', ')}: nothing is recorded, or only rows were changed.`);
    if (plan.losses.length === 0) {
      return [unknown || element('p', null, 'No table, column or sequence with data is dropped.')];
    }
    return present([element('ul', { class: 'bad' }, plan.losses.map((loss) => element('li', null, lossText(loss)))), unknown]);
  }

  function lossText({ kind, object, columns, rows, estimated }) {
    const what = columns.length > 0 ? `${kind} ${columns.join(', ')} of ${object}` : `${kind} ${object}`;
    return kind === 'sequence' || kind === 'other' ? what : `${what}: ${rowCount(rows, estimated)}`;
  }

  function segments(all) {
    return element('ol', null, all.map(({ transactional, versions }) =>
      element('li', null, element('span', { class: 'version' }, versions.join(', ')),
        transactional ? ' in one transaction: all of it happens, or nothing' : ' statement by statement, without a transaction: it can stop half-way')));
  }

  function tables(all) {
    return element('ul', null, all.map((table) => element('li', null,
      element('strong', null, table.name), ` ${table.bytes === undefined ? 'size unknown' : size(table.bytes)}, ${rowCount(table.rows, true)}`,
      table.lockedBy.length > 0 && element('div', { class: 'warn' }, 'Locked right now by:', bulleted(table.lockedBy)))));
  }

  const OPEN_AT_ONCE = 10;

  /** Many migrations are closed at first and filled when they are opened: a plan may hold hundreds of SQL texts. */
  function plannedMigrations(migrations) {
    return migrations.map((migration) => {
      const box = element('details', { open: migrations.length <= OPEN_AT_ONCE },
        element('summary', null, element('span', { class: 'version' }, migration.version), ` ${migration.description} `,
          element('span', { class: 'muted' }, count(migration.statementCount, 'statement'))));
      if (box.open) {
        box.append(...plannedMigration(migration));
      } else {
        box.addEventListener('toggle', () => box.append(...plannedMigration(migration)), { once: true });
      }
      return box;
    });
  }

  function plannedMigration({ version, file, source, statements, truncated, rehearsal }) {
    return present([
      element('p', { class: 'muted place' }, `${file}${source === 'stored' ? ', as it was stored when the UP was applied' : ''}`),
      rehearsal && verdict(rehearsal),
      statements.length > 0 && scrollable(`SQL of ${version}`, 'sql', element('ol', { class: 'statements' }, statements.map(plannedStatement))),
      truncated && element('p', { class: 'note' }, 'The rest of the SQL is not shown: it is over 256 KB.'),
    ]);
  }

  function plannedStatement({ sql, line, done }) {
    return element('li', { 'data-done': done ? 'true' : null },
      element('span', { class: 'line' }, line),
      element('pre', null, done && element('span', { class: 'sql-comment' }, '-- done by an earlier run, passed over\n'), element('code', null, highlighted(sql))));
  }

  // ---------------------------------------------- operations: confirm and run

  function showConfirm() {
    const amount = operation.plan.migrations.length;
    const { title, does } = OPERATIONS[operation.kind];
    const name = operation.database;
    showStep('confirm', `${title}: confirm`, [
      element('form', { submit: submitRun, input: renderRunnable },
        element('label', { for: 'reason' }, 'Why? The reason goes into the audit log, with your name.'),
        element('textarea', { id: 'reason', rows: 3, maxlength: 4000, required: true }),
        element('label', { for: 'typed' }, 'Type the name of the database, ', element('strong', { class: 'version' }, name), ', to confirm.'),
        element('input', { type: 'text', id: 'typed', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', required: true }),
        buttons(
          button('Back', () => showPlan(operation.plan)),
          element('button', { type: 'submit', id: 'run', class: 'danger', disabled: true }, does(amount)))),
    ], '#reason');
    byId('reason').value = operation.reason;
  }

  function renderRunnable() {
    operation.reason = byId('reason').value;
    byId('run').disabled = operation.reason.trim() === '' || byId('typed').value !== operation.database;
  }

  function submitRun(event) {
    event.preventDefault();
    if (!byId('run').disabled) {
      run();
    }
  }

  async function run() {
    const body = { ...operation.choice, token: operation.plan.token, reason: operation.reason.trim() };
    const number = operation.run + 1;
    const others = model.list.running?.operationId ?? null;
    Object.assign(operation, { run: number, underWay: true, lost: false, refusal: null, others, seen: null, idle: 0 });
    renderActions(model.list);
    showRunning();
    poll();
    const next = await request(`/${operation.kind}`, body).then(
      (report) => () => end(() => showResult(report)),
      (error) => (goesOn(error) ? () => follow(error) : () => end(() => showProblem(error))));
    if (operation.run === number && operation.underWay) {
      next();
    }
  }

  /**
   * Browsers send a POST again by themselves when a connection that they had used before breaks. The API refuses the
   * second one, because the first is running or has made the token stale: whose run it is, its events tell at its end.
   */
  function goesOn({ kind, problem }) {
    const maybeSentAgain = problem?.status === 409 && operation.seen !== null;
    return kind === 'unreachable' || problem?.type === 'urn:veza:migrations:detached' || maybeSentAgain;
  }

  function showRunning() {
    showStep('running', `${OPERATIONS[operation.kind].does(operation.plan.migrations.length)} …`, [
      element('p', { 'id': 'lost', 'class': 'note bad', 'role': 'alert', 'hidden': true }),
      element('div', { 'class': 'progress', 'id': 'operation-progress', 'aria-live': 'polite' }),
      element('p', { 'class': 'muted' }, 'The operation does not depend on this page: closed, it goes on.'),
    ]);
    renderOwnRunning(model.list.running);
  }

  function renderOwnRunning(running) {
    const box = byId('operation-progress');
    if (!box) {
      return;
    }
    if (running) {
      if (running.operation === operation.kind && running.operationId !== operation.others) {
        operation.seen = running.operationId;
      }
      box.querySelector('.starting')?.remove();
      renderRunning(box, running);
    } else if (!box.firstChild) {
      box.append(element('p', { class: 'starting' }, 'Under way …'));
    }
  }

  /** Closing the dialog does not hide how it ended. */
  function end(showEnd) {
    operation.underWay = false;
    operation.lost = false;
    forgetDrift();
    showEnd();
    if (!byId('operation').open) {
      byId('operation').showModal();
      focusInDialog('#operation-heading');
    }
    poll();
    if (model.selected) {
      loadDetails(model.selected);
    }
  }

  const FOLLOWED_TEXTS = {
    'unreachable': 'The connection was lost. If the operation had begun, it goes on: this page looks, and shows how it ends.',
    'detached': 'The operation goes on. This page follows it, and shows how it ends.',
    'refused': 'An operation is under way. This page looks whether it is this one, and shows how it ends.',
  };

  function follow(error) {
    const refused = error.problem?.status === 409;
    Object.assign(operation, { lost: true, refusal: refused ? error : null, idle: 0 });
    const note = byId('lost');
    note.hidden = false;
    setText(note, FOLLOWED_TEXTS[refused ? 'refused' : error.kind === 'unreachable' ? 'unreachable' : 'detached']);
    poll();
  }

  /**
   * Some answers without a run: the first may be from before the operation began. The answer to the POST may never
   * come when something between has dropped the connection without a word.
   */
  function followLost(list) {
    operation.idle = list.running ? 0 : operation.idle + 1;
    const [begun, notSeen] = operation.lost ? [2, 5] : [5, 30];
    if (operation.idle === (operation.seen === null ? notSeen : begun)) {
      showFollowed(list, operation.plan.migrations.map(({ version }) => version));
    }
  }

  async function showFollowed(list, versions) {
    const { run: number, refusal } = operation;
    const applied = new Set(list.applied.map(({ version }) => version));
    const done = versions.filter((version) => applied.has(version) === (operation.kind === 'migrate'));
    const events = await eventsOf(versions.find((version) => !done.includes(version)) ?? versions[0]);
    if (operation.run !== number || !operation.underWay) {
      return;
    }
    const own = events.filter(({ operationId, token }) => operationId === operation.seen && token === operation.plan.token);
    if (refusal && own.length === 0) {
      end(() => showProblem(refusal));
      return;
    }
    const complete = done.length === versions.length;
    const title = complete ? 'Done' : done.length > 0 || operation.seen !== null ? 'Ended, but not all is done' : 'Not done, as far as the database says';
    const error = complete ? null : own.at(-1)?.error;
    end(() => showStep('result', title, [
      element('div', { id: 'result' },
        element('p', { role: 'status' }, 'The connection was lost meanwhile; this is what the database says now:'),
        bulleted(versions.map((version) => `${version}: ${followedText(done.includes(version))}`)),
        error && element('p', { class: 'prose note bad' }, error),
        list.problems.length > 0 && bulleted(list.problems),
        element('p', null, 'The events of each migration tell the rest.')),
    ]));
  }

  async function eventsOf(version) {
    try {
      return (await request(`/${encodeURIComponent(version)}`)).events;
    } catch {
      return [];
    }
  }

  function followedText(done) {
    if (operation.kind === 'rollback') {
      return done ? 'taken back' : 'still applied';
    }
    return done ? 'applied' : 'not applied';
  }

  // -------------------------------------------- operations: results and problems

  function showResult(report) {
    showStep('result', operation.kind === 'rollback' ? 'Rolled back' : 'Migrated', [
      element('div', { id: 'result' },
        element('p', { role: 'status' }, resultText(report)),
        outcomes(report.migrations),
        report.verification && verification(report.verification),
        report.backup && backup(report.backup),
        report.warnings.length > 0 && element('section', { class: 'notes warn' }, element('h3', null, 'Warnings'), bulleted(report.warnings)),
        operation.kind === 'rollback' && element('p', { class: 'note' }, 'What was taken back is held: no start applies it again by itself.'),
        element('p', { class: 'muted' }, 'Operation ', element('code', null, report.operationId))),
    ]);
  }

  function resultText({ migrations }) {
    const total = migrations.reduce((sum, { durationMs }) => sum + durationMs, 0);
    return `${count(migrations.length, 'migration')} ${operation.kind === 'rollback' ? 'taken back' : 'applied'} in ${duration(total)}.`;
  }

  function outcomes(migrations) {
    return migrations.length > 0 && element('table', { class: 'outcomes' },
      element('thead', null, element('tr', null, ['Version', 'Description', 'Took'].map((name) => element('th', { scope: 'col' }, name)))),
      element('tbody', null, migrations.map(({ version, description, durationMs }) => element('tr', null,
        element('td', { class: 'version' }, version), element('td', null, description), element('td', { class: 'took' }, duration(durationMs))))));
  }

  function verification({ restored, differences }) {
    const tone = { 'exact': 'good', 'except-column-order': 'good', 'no': 'bad' }[restored] ?? 'warn';
    return element('section', { 'data-result': 'verification', 'data-restored': restored },
      element('h3', null, 'Verification'),
      element('p', { class: `note ${tone}` }, RESTORED_TEXTS[restored] ?? restored),
      differences.length > 0 && differenceList(differences));
  }

  function backup({ mode, location: where, bytes, sha256, kept }) {
    const title = BACKUP_MODES[mode] ?? mode;
    return element('section', { 'data-result': 'backup', 'data-mode': mode },
      element('h3', null, 'Backup'),
      element('p', null, where ? [`${title}: `, element('code', null, where), `, ${size(bytes)}`] : `${title}: there was nothing to keep.`),
      sha256 && element('p', { class: 'muted' }, 'SHA-256 ', element('code', null, sha256)),
      kept.length > 0 && element('ul', null, kept.map((each) => element('li', null,
        lossText({ ...each, estimated: false }), each.table && [' in ', element('code', null, each.table)]))));
  }

  const ERROR_TITLES = {
    'forbidden': 'Not allowed',
    'read-only': 'Not allowed',
    'signed-out': 'Signed out',
    'unreachable': 'No answer',
    'problem': 'Not done',
  };

  function showProblem(error) {
    if (error.kind !== 'problem') {
      showBanner(error);
    }
    const problem = error.problem ?? {};
    showStep('problem', problem.title ?? ERROR_TITLES[error.kind], [
      element('div', { id: 'problem', role: 'alert' }, problemContent(problem, error.message)),
      buttons(
        problem.plan
          ? button('Look at the new plan', () => showPlan(problem.plan), { id: 'use-new-plan', class: 'primary' })
          : button('Choose again', showChoose)),
    ]);
  }

  function problemContent(problem, message) {
    return [
      element('p', { 'class': 'prose', 'data-problem': 'detail' }, withoutExcerpt(message, problem)),
      problem.file && failedPlace(problem),
      problem.hint && element('p', { 'data-problem': 'hint' }, element('strong', null, 'Hint '), problem.hint),
      problem.advice && element('p', { 'data-problem': 'advice' }, element('strong', null, 'What to do '), problem.advice),
      problem.context && element('pre', { 'class': 'rewrite', 'data-problem': 'context' }, problem.context),
      problem.changed && element('ul', { 'data-problem': 'changed' }, problem.changed.map((text) => element('li', null, capitalized(text)))),
      problem.problems?.length > 0 && element('ul', { 'class': 'prose', 'data-problem': 'problems' }, problem.problems.map((text) => element('li', null, text))),
      problem.since && element('p', null, `Requested by ${problem.requestedBy ?? 'an application itself'}, since `, time(problem.since, EXACT_TIME)),
      problem.holder && element('p', null, `Holder: ${problem.holder}`),
      problem.verification && verification(problem.verification),
      problem.migrations?.length > 0 && [element('h3', null, 'Done before'), outcomes(problem.migrations)],
      problem.notTried?.length > 0 && element('p', null, `Not tried: ${problem.notTried.join(', ')}`),
      problem.state && element('p', { 'class': 'muted' }, `The state of the database is now: ${problem.state}`),
      problem.operationId && element('p', { 'class': 'muted' }, 'Operation ', element('code', null, problem.operationId)),
    ];
  }

  function failedPlace(problem) {
    return element('figure', { 'class': 'failure' },
      element('figcaption', { 'class': 'place' }, place(problem)),
      problem.sourceLine !== undefined && scrollable('Source line', 'sql',
        element('pre', null, element('code', null, highlighted(problem.sourceLine)), caret(problem.sourceLine, problem.column))));
  }

  /** Columns count characters, not UTF-16 units; a tab before the caret is as wide as the one above it. */
  function caret(sourceLine, column) {
    if (!column) {
      return null;
    }
    const before = [...sourceLine].slice(0, column - 1).map((character) => (character === '\t' ? '\t' : ' ')).join('');
    return element('span', { class: 'caret' }, `\n${before}^`);
  }

  /** The text of a failure holds the place, the source line and a caret, too, for terminals; here they stand apart. */
  function withoutExcerpt(text, problem) {
    if (!problem.file || problem.sourceLine === undefined) {
      return text;
    }
    const lines = text.replace(`${place(problem)}: `, '').split('\n');
    const index = lines.map((line) => line.trim()).lastIndexOf('^');
    return index > 0 ? lines.filter((_, each) => each !== index && each !== index - 1).join('\n') : text;
  }

  function closeOperation() {
    byId('operation').close();
  }

  /** The browser gives the focus back to the button that opened the dialog, unless that is disabled now. */
  function afterClose() {
    requestAnimationFrame(() => {
      if (document.activeElement === document.body || document.activeElement.disabled) {
        byId('timeline').focus({ preventScroll: true });
      }
    });
  }

  // ------------------------------------------------------------------- polling

  let timer = 0;
  let latest = 0;

  /** Asks at once, and again and again while somebody looks. */
  async function poll() {
    clearTimeout(timer);
    const number = ++latest;
    const next = await request('').then((list) => () => answered(list), (error) => () => unanswered(error));
    if (number !== latest) {
      return;
    }
    try {
      next();
    } catch (failure) {
      console.error(failure);
      showBanner(new RequestError('page', `This page could not show an answer: ${failure.message}. Load it again; the JSON has it all.`));
    } finally {
      if (!document.hidden) {
        timer = setTimeout(poll, pollDelay());
      }
    }
  }

  function answered(list) {
    clearBanner(false);
    show(list);
  }

  function unanswered(error) {
    const hopeless = ['signed-out', 'forbidden'].includes(error.kind);
    showBanner(error, hopeless ? '' : ' Trying again …');
  }

  function pollDelay() {
    const busy = operation.underWay || ['running', 'waiting'].includes(model.list?.state);
    return busy ? POLL_BUSY_MS : POLL_IDLE_MS;
  }

  function pollWhenVisible() {
    clearTimeout(timer);
    if (!document.hidden) {
      poll();
    }
  }

  function show(list) {
    const first = model.list === null;
    model.list = list;
    renderHeader(list);
    byId('running').hidden = !list.running;
    if (list.running) {
      renderRunning(byId('running'), list.running);
    }
    if (renderTimeline(list)) {
      renderCharts(list.applied);
    }
    refreshDetails();
    if (operation.underWay) {
      renderOwnRunning(list.running);
      followLost(list);
    }
    if (first) {
      afterFirstList();
    }
  }

  function afterFirstList() {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      document.body.dataset.loaded = 'true';
    }));
    openLinked();
  }

  /** The address may name a migration, such as #/005. */
  function openLinked() {
    const linked = decoded(location.hash.slice(2));
    if (location.hash.startsWith('#/') && model.rows.has(linked)) {
      openDetails(linked);
    }
  }

  function start() {
    const states = { all: 'All', ...MIGRATION_STATES };
    byId('filter').append(...Object.entries(states).map(([value, text]) => element('option', { value }, text)));
    byId('search').addEventListener('input', requestFilter);
    byId('filter').addEventListener('input', requestFilter);
    byId('check-drift').addEventListener('click', checkDrift);
    byId('timeline').addEventListener('click', openFromTimeline);
    byId('timeline').addEventListener('keydown', moveInTimeline);
    byId('operation-close').addEventListener('click', closeOperation);
    byId('operation').addEventListener('close', afterClose);
    document.addEventListener('visibilitychange', pollWhenVisible);
    window.addEventListener('hashchange', openLinked);
    poll();
  }

  start();
})();
