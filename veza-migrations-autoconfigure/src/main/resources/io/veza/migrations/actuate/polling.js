/** Asks for the list again and again while somebody looks. */

import { request, RequestError } from './api.js';
import { clearBanner, showBanner } from './banner.js';
import { isBusy } from './model.js';

const POLL_BUSY_MS = 1000;
const POLL_IDLE_MS = 10000;

let timer = 0;

/** The number of the newest request: answers to older ones are too late. */
let latest = 0;

let showList = () => undefined;

/** Hands each list to a function. */
export function startPolling(listener) {
  showList = listener;
  document.addEventListener('visibilitychange', pollWhenVisible);
  poll();
}

/** Asks at once, and goes on asking. */
export async function poll() {
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
  showList(list);
}

function unanswered(error) {
  const hopeless = ['signed-out', 'forbidden'].includes(error.kind);
  showBanner(error, hopeless ? '' : ' Trying again …');
}

function pollDelay() {
  return isBusy() ? POLL_BUSY_MS : POLL_IDLE_MS;
}

function pollWhenVisible() {
  clearTimeout(timer);
  if (!document.hidden) {
    poll();
  }
}
