/** The operation that runs now, with its progress: in the head of the page and in the dialog. */

import { element, field, setText, time } from './elements.js';
import { capitalized, duration, EXACT_TIME, NUMBER, PERCENT, present } from './words.js';

export function renderRunning(box, running) {
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
