/** The events of a migration: what was done with it, by whom and why. */

import { element, time } from './elements.js';
import { duration, EXACT_TIME, present } from './words.js';

export function events(list) {
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
