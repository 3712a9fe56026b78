/** Where the operator's page starts: each list that comes goes to every part of the page. */

import { decoded } from './api.js';
import { renderCharts } from './charts.js';
import { openDetails, reloadDetails } from './details.js';
import { startDialog } from './dialog.js';
import { checkDrift } from './drift.js';
import { byId } from './elements.js';
import { renderHeader } from './header.js';
import { knows, selected, setList } from './model.js';
import { openOperation, refreshOperation } from './operation.js';
import { startPolling } from './polling.js';
import { renderRunning } from './running.js';
import { renderTimeline, startTimeline } from './timeline.js';

function show(list) {
  const first = setList(list);
  renderHeader(list, openOperation);
  byId('running').hidden = !list.running;
  if (list.running) {
    renderRunning(byId('running'), list.running);
  }
  showChanges(list, renderTimeline(list));
  refreshOperation(list);
  if (first) {
    afterFirstList();
  }
}

function showChanges(list, changes) {
  if (changes.size > 0) {
    renderCharts(list.applied);
  }
  if (changes.has(selected) && knows(selected)) {
    reloadDetails();
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
  if (location.hash.startsWith('#/') && knows(linked)) {
    openDetails(linked);
  }
}

startTimeline(openDetails);
startDialog();
byId('check-drift').addEventListener('click', checkDrift);
window.addEventListener('hashchange', openLinked);
startPolling(show);
