/** Requests to the endpoint, which lies beside this file, and what goes wrong with them. */

const BASE = withoutAccount(new URL('.', import.meta.url)).href.replace(/\/$/, '');

/** The name of the application, which may be empty. */
export const APPLICATION = document.body.dataset.application;

const PATIENCE_MS = 60000;

/** Why a request has no answer that can be used; `problem` is what the API says, if it says anything. */
export class RequestError extends Error {
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

export async function request(path, body) {
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

/** Part of an address or of a cookie, as it is if it is not encoded properly. */
export function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
