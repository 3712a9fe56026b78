/** The second step: what would run, and what it would cost. */

import { bulleted, element, scrollable } from './elements.js';
import { operation } from './model.js';
import { verdict } from './rehearsal.js';
import { highlighted } from './sql.js';
import { BACKUP_MODES, count, lossText, present, rowCount, size } from './words.js';

/** Calls `changeForce` with whether somebody wants to roll back nevertheless. */
export function planContent(plan, changeForce) {
  return element('div', { id: 'plan' },
    planNotes('problems', 'This would be refused', plan.problems, 'bad'),
    forceChoice(plan, changeForce),
    planNotes('warnings', 'Warnings', plan.warnings, 'warn'),
    planSection('losses', 'Data that is lost', losses(plan)),
    planSection('backup', 'Backup', plan.backup && [element('p', { 'class': 'prose' }, `${BACKUP_MODES[plan.backup.mode] ?? plan.backup.mode}: ${plan.backup.description}`)]),
    planSection('segments', 'What stands or falls together', plan.segments.length > 0 && [segments(plan.segments)]),
    planSection('tables', 'Tables that are concerned', plan.tables.length > 0 && [tables(plan.tables)]),
    planSection('statements', 'Exactly this would run', plannedMigrations(plan.migrations)));
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
function forceChoice(plan, changeForce) {
  const known = plan.migrations.some(({ rehearsal }) => ['no', 'down-failed'].includes(rehearsal?.reversibility));
  if (operation.kind !== 'rollback' || !known) {
    return null;
  }
  return element('label', { 'class': 'choice force' },
    element('input', { type: 'checkbox', id: 'force', checked: Boolean(operation.choice.force), change: (event) => changeForce(event.target.checked) }),
    ' Roll back nevertheless, although the rehearsal has shown that the schema would not be restored');
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
