/** Why something was not done, with the place in the file if SQL failed. */

import { element, scrollable, time } from './elements.js';
import { outcomes, verification } from './result.js';
import { highlighted } from './sql.js';
import { capitalized, EXACT_TIME, place } from './words.js';

export function problemContent(problem, message) {
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
