// The form that publishes.

import {$, announce} from './dom.js';
import {prettyText} from './json.js';
import {quote, t} from './words.js';
import {status} from './status.js';

/** The server sets these itself; it takes none from outside. */
const RESERVED = /^nats-/i;

let filled = null; // the event that the form was filled from

export function startPublishing() {
  $('publish').addEventListener('submit', publish);
  $('publish-data').addEventListener('keydown', press => {
    if (press.key === 'Enter' && (press.ctrlKey || press.metaKey)) $('publish').requestSubmit();
  });
  $('curl').textContent = `curl -X POST ${new URL('publish', location.href)} \\\n  -H "Content-Type: application/json" \\\n  -d '{"name":"deploy","data":"nginx v2"}'`;
}

/** Fills the form from an event. */
export function fill(event) {
  filled = event;
  $('publish-name').value = event.name;
  $('publish-data').value = event.isJson ? prettyText(event.data) : event.data;
  $('publish-headers').value = Object.entries(event.headers).filter(([name]) => !RESERVED.test(name))
    .flatMap(([name, values]) => values.map(value => `${name}: ${value}`)).join('\n');
  $('publish-more').open = $('publish-headers').value !== '';
  result('', '');
  $('publish-name').focus();
  announce(t('publish.filled'));
}

function result(kind, text) {
  $('publish-result').dataset.kind = kind;
  $('publish-result').removeAttribute('lang');
  $('publish-result').textContent = text;
}

/** The data as JSON, as it is written in the field. */
function data(text) {
  if (!text.trim()) return 'null';
  try { JSON.parse(text); return text; } catch (e) { return JSON.stringify(text); }
}

/** The headers as an object of lists; null if a line is none. */
function headers(text) {
  const found = new Map();
  for (const line of text.split('\n').filter(each => each.trim())) {
    const parts = /^\s*([^:\s]+)\s*:\s*(.*?)\s*$/.exec(line);
    if (!parts) return null;
    found.set(parts[1], [...(found.get(parts[1]) || []), parts[2]]);
  }
  return Object.fromEntries(found);
}

function refuse(id, key) {
  $(id).setAttribute('aria-invalid', 'true');
  result('bad', t(key));
  $(id).focus();
}

async function publish(submission) {
  submission.preventDefault();
  for (const id of ['publish-name', 'publish-headers', 'publish-token']) $(id).removeAttribute('aria-invalid');
  const name = $('publish-name').value.trim();
  if (!name) { refuse('publish-name', 'publish.unnamed'); return; }
  const own = headers($('publish-headers').value);
  if (!own) { $('publish-more').open = true; refuse('publish-headers', 'publish.no-header'); return; }
  const target = filled && filled.name === name ? {subject: filled.subject} : {name};
  const more = Object.keys(own).length > 0 ? {headers: own} : {};
  $('publish-button').disabled = true;
  try {
    const answer = await fetch('publish', {
      method: 'POST',
      headers: {'Content-Type': 'application/json', 'Idempotency-Key': key(), ...authorization()},
      body: JSON.stringify({...target, ...more}).replace(/}$/, `,"data":${data($('publish-data').value)}}`),
    });
    const body = await answer.json();
    if (answer.ok) {
      result('good', t('publish.done', {subject: body.subject}));
      for (const id of ['publish-data', 'publish-headers']) $(id).value = '';
      filled = null;
    } else {
      const detail = body.detail || answer.statusText;
      if (/^(name|subject) /.test(detail)) $('publish-name').setAttribute('aria-invalid', 'true');
      if (/^headers? /.test(detail)) $('publish-headers').setAttribute('aria-invalid', 'true');
      if (answer.status === 401) $('publish-token').setAttribute('aria-invalid', 'true');
      result('bad', '');
      quote('publish-result', detail);
    }
  } catch (e) {
    result('bad', t('publish.away'));
  } finally {
    $('publish-button').disabled = false;
  }
}

// the token is kept in the field only
function authorization() {
  const token = $('publish-token').value.trim();
  return token && status && status.publish.token ? {Authorization: 'Bearer ' + token} : {};
}

function key() {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return [...random].map(each => each.toString(16).padStart(2, '0')).join('');
}
