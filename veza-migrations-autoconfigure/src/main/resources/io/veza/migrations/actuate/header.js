/** The head of the page: database, state, what can be done, and what stands in the way. */

import { APPLICATION } from './api.js';
import { button, byId, element, field, setText } from './elements.js';
import { isPossible } from './model.js';
import { present, STATE_TEXTS } from './words.js';

/** Calls `open` with the kind of the operation that somebody wants to begin. */
export function renderHeader(list, open) {
  renderDatabase(list.database);
  const text = (STATE_TEXTS[list.state] ?? (() => list.state))(list);
  byId('state').dataset.state = list.state;
  setText(byId('state'), text);
  document.title = present([text, APPLICATION || 'Migrations']).join(' · ');
  renderActions(list.writable, open);
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

function renderActions(writable, open) {
  const box = byId('actions');
  if (box.dataset.writable !== String(writable)) {
    box.dataset.writable = writable;
    box.replaceChildren(...actions(writable, open));
  }
  refreshActions();
}

function actions(writable, open) {
  if (!writable) {
    return [element('p', { id: 'read-only' }, 'Read-only: this endpoint shows everything and changes nothing.')];
  }
  return [
    button('Migrate …', () => open('migrate'), { id: 'open-migrate' }),
    button('Roll back …', () => open('rollback'), { id: 'open-rollback' }),
  ];
}

/** Disables what cannot be begun now. */
export function refreshActions() {
  if (byId('open-migrate')) {
    byId('open-migrate').disabled = !isPossible('migrate');
    byId('open-rollback').disabled = !isPossible('rollback');
  }
}

function renderProblems(problems) {
  const box = byId('problems');
  const texts = [...box.children].map((item) => item.textContent);
  box.hidden = problems.length === 0;
  if (texts.join('\0') !== problems.join('\0')) {
    box.replaceChildren(...problems.map((problem) => element('li', null, problem)));
  }
}
