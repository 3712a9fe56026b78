/** What a rehearsal has found out about a migration. */

import { element } from './elements.js';
import { highlighted } from './sql.js';
import { capitalized, place, REVERSIBILITY_TEXTS } from './words.js';

export function findings(rehearsal) {
  return rehearsal && element('section', { id: 'findings' }, element('h3', null, 'Rehearsal'), verdict(rehearsal));
}

export function verdict({ reversibility, findings: found }) {
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
