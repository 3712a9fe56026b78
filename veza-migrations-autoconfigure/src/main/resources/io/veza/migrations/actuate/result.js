/** How a run ended: what was done, verified and kept. */

import { differenceList } from './drift.js';
import { bulleted, element } from './elements.js';
import { operation } from './model.js';
import { BACKUP_MODES, count, duration, lossText, RESTORED_TEXTS, size } from './words.js';

export function resultContent(report) {
  return element('div', { id: 'result' },
    element('p', { role: 'status' }, resultText(report)),
    outcomes(report.migrations),
    report.verification && verification(report.verification),
    report.backup && backup(report.backup),
    report.warnings.length > 0 && element('section', { class: 'notes warn' }, element('h3', null, 'Warnings'), bulleted(report.warnings)),
    operation.kind === 'rollback' && element('p', { class: 'note' }, 'What was taken back is held: no start applies it again by itself.'),
    element('p', { class: 'muted' }, 'Operation ', element('code', null, report.operationId)));
}

function resultText({ migrations }) {
  const total = migrations.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return `${count(migrations.length, 'migration')} ${operation.kind === 'rollback' ? 'taken back' : 'applied'} in ${duration(total)}.`;
}

export function outcomes(migrations) {
  return migrations.length > 0 && element('table', { class: 'outcomes' },
    element('thead', null, element('tr', null, ['Version', 'Description', 'Took'].map((name) => element('th', { scope: 'col' }, name)))),
    element('tbody', null, migrations.map(({ version, description, durationMs }) => element('tr', null,
      element('td', { class: 'version' }, version), element('td', null, description), element('td', { class: 'took' }, duration(durationMs))))));
}

export function verification({ restored, differences }) {
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

/** What the database says when the answer of the run was lost. */
export function followedContent(versions, done, error, problems) {
  return element('div', { id: 'result' },
    element('p', { role: 'status' }, 'The connection was lost meanwhile; this is what the database says now:'),
    bulleted(versions.map((version) => `${version}: ${followedText(done.includes(version))}`)),
    error && element('p', { class: 'prose note bad' }, error),
    problems.length > 0 && bulleted(problems),
    element('p', null, 'The events of each migration tell the rest.'));
}

function followedText(done) {
  if (operation.kind === 'rollback') {
    return done ? 'taken back' : 'still applied';
  }
  return done ? 'applied' : 'not applied';
}
