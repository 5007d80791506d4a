'use strict';

// Everything that comes from events goes into the page as text, never as markup.

const KEPT = 500;          // rows that the page holds
const CHART_SECONDS = 120;
const COLOURS = ['#3b7cf0', '#e5793b', '#2ba672', '#a35be0', '#d9467e', '#8a94a6'];
const OTHERS = COLOURS.length - 1;

const $ = id => document.getElementById(id);
const events = [];         // newest first
let held = [];             // arrived while paused
let selected = null;
let isPaused = false;
let isLive = false;
let status = null;
let drawing = false;

// --- words ------------------------------------------------------------------------------------------------------

const count = new Intl.NumberFormat();
const clock = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3});
const day = new Intl.DateTimeFormat(undefined, {month: 'short', day: '2-digit'});
const full = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'long'});

function bytes(number) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (number >= 1024 && unit < units.length - 1) { number /= 1024; unit++; }
  return (unit === 0 || number >= 100 ? Math.round(number) : number.toFixed(1)) + ' ' + units[unit];
}

function when(event) {
  const time = new Date(event.timestamp);
  return time.toDateString() === new Date().toDateString() ? clock.format(time) : day.format(time) + ' ' + clock.format(time).replace(/[.,]\d+/, '');
}

function preview(event) {
  return typeof event.data === 'string' ? event.data : JSON.stringify(event.data);
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

// --- filters ----------------------------------------------------------------------------------------------------

function patternFault(pattern) {
  const tokens = pattern.split('.');
  if (/\s/.test(pattern)) return 'A name has no spaces.';
  if (tokens.some(token => token === '')) return 'A token is empty: see the dots.';
  if (tokens.some((token, i) => token.includes('>') && (token !== '>' || i < tokens.length - 1))) return '> can only be the last token.';
  if (tokens.some(token => token.includes('*') && token !== '*')) return '* stands for a whole token.';
  return null;
}

function matches(pattern, name) {
  const wanted = pattern.split('.');
  const tokens = name.split('.');
  for (let i = 0; i < wanted.length; i++) {
    if (wanted[i] === '>') return tokens.length > i;
    if (i >= tokens.length || (wanted[i] !== '*' && wanted[i] !== tokens[i])) return false;
  }
  return wanted.length === tokens.length;
}

function readFilter() {
  const pattern = $('name-filter').value.trim();
  const fault = pattern ? patternFault(pattern) : null;
  $('name-filter').setAttribute('aria-invalid', String(fault !== null));
  $('name-filter-error').textContent = fault || '';
  $('name-filter-error').hidden = fault === null;
  const words = $('search').value.trim().toLowerCase();
  return event => (fault !== null || !pattern || matches(pattern, event.name)) && (!words || event.text.includes(words));
}

let filter = () => true;

// --- the list ---------------------------------------------------------------------------------------------------

function row(event, isFresh) {
  const item = document.createElement('li');
  const button = element('button', 'event' + (isFresh ? ' fresh' : ''));
  button.type = 'button';
  button.dataset.id = event.id;
  const time = element('time', '', when(event));
  time.dateTime = event.timestamp;
  const data = element('span', 'data');
  if (event.encoding) data.append(element('span', 'tag', event.encoding));
  data.append(preview(event).slice(0, 400));
  button.append(time, element('span', 'name', event.name), data);
  button.addEventListener('click', () => show(event));
  item.append(button);
  event.row = item;
  return item;
}

function redraw() {
  filter = readFilter();
  const shown = events.filter(filter);
  $('events').replaceChildren(...shown.map(event => row(event, false)));
  mark();
  tell();
}

function tell() {
  const shown = $('events').children.length;
  $('count').textContent = shown === events.length ? `${count.format(shown)}` : `${count.format(shown)} of ${count.format(events.length)}`;
  $('empty').hidden = shown > 0;
  $('empty').firstElementChild.textContent = events.length === 0 ? 'No events yet.' : 'No event matches.';
  $('curl').hidden = $('empty').children[1].hidden = events.length > 0 || (status !== null && !status.publish.allowed);
  $('pause').textContent = isPaused ? (held.length ? `Resume (${count.format(held.length)})` : 'Resume') : 'Pause';
}

let arrived = [];
function schedule() {
  if (drawing) return;
  drawing = true;
  // not by animation frames alone, which a page in the background does not get
  setTimeout(() => { drawing = false; insert(arrived.splice(0)); }, 40);
}

function insert(batch) {
  const list = $('events');
  const fresh = batch.slice(-KEPT);
  const rows = [];
  for (const event of fresh) {
    events.unshift(event);
    if (filter(event)) rows.unshift(row(event, isLive));
  }
  const top = list.scrollTop;
  const before = list.scrollHeight;
  list.prepend(...rows);
  if (top > 0) list.scrollTop = top + list.scrollHeight - before; // whoever reads further down stays there
  while (events.length > KEPT) {
    const gone = events.pop();
    if (gone.row) gone.row.remove();
  }
  tell();
}

function mark() {
  for (const button of $('events').querySelectorAll('.event')) {
    if (selected && button.dataset.id === selected.id) button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
  }
}

// --- the detail -------------------------------------------------------------------------------------------------

function facts(list, pairs) {
  list.replaceChildren(...pairs.flatMap(([name, value]) => [element('dt', '', name), element('dd', '', value)]));
}

function pretty(data) {
  const text = JSON.stringify(data, null, 2);
  const parts = [];
  const token = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;
  let end = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    parts.push(text.slice(end, found.index));
    const kind = found[1] ? (found[2] ? 'j-key' : 'j-string') : found[3] ? 'j-word' : 'j-number';
    parts.push(element('span', kind, found[1] || found[0]));
    if (found[2]) parts.push(found[2]);
    end = token.lastIndex;
  }
  parts.push(text.slice(end));
  return parts;
}

function show(event) {
  selected = event;
  mark();
  $('detail').hidden = false;
  $('detail-title').textContent = event.name;
  const pairs = [['Subject', event.subject], ['Time', full.format(new Date(event.timestamp))], ['Sequence', event.id.split('-')[0]]];
  if (event.encoding) pairs.push(['Encoding', event.encoding]);
  facts($('detail-facts'), pairs);
  $('detail-data').replaceChildren(...(event.encoding ? [String(event.data)] : pretty(event.data)));
  const headers = Object.entries(event.headers || {});
  $('detail-headers-part').hidden = headers.length === 0;
  facts($('detail-headers'), headers.flatMap(([name, values]) => values.map(value => [name, value])));
  if (matchMedia('(max-width: 980px)').matches) $('detail').scrollIntoView({block: 'start'});
}

function hide() {
  const last = selected;
  selected = null;
  $('detail').hidden = true;
  mark();
  const button = last && last.row && last.row.firstElementChild;
  if (button && button.isConnected) button.focus();
}

function step(by) {
  const shown = [...$('events').querySelectorAll('.event')];
  if (!shown.length) return;
  const at = shown.findIndex(button => selected && button.dataset.id === selected.id);
  const next = shown[Math.min(Math.max(at + by, 0), shown.length - 1)];
  next.focus();
  next.click();
}

// --- the chart --------------------------------------------------------------------------------------------------

const buckets = new Map(); // second -> name -> number
const totals = new Map();

function counted(event) {
  const second = Math.floor(Date.parse(event.timestamp) / 1000);
  if (second < Date.now() / 1000 - CHART_SECONDS) return;
  if (!buckets.has(second)) buckets.set(second, new Map());
  const names = buckets.get(second);
  names.set(event.name, (names.get(event.name) || 0) + 1);
}

function draw() {
  const now = Math.floor(Date.now() / 1000);
  totals.clear();
  for (const [second, names] of buckets) {
    if (second < now - CHART_SECONDS) { buckets.delete(second); continue; }
    for (const [name, number] of names) totals.set(name, (totals.get(name) || 0) + number);
  }
  const top = [...totals].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, OTHERS).map(([name]) => name);
  const canvas = $('chart');
  const style = getComputedStyle(canvas);
  const width = canvas.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const height = canvas.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
  const scale = window.devicePixelRatio || 1;
  if (width <= 0) return;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const paint = canvas.getContext('2d');
  paint.scale(scale, scale);
  let most = 1;
  for (const names of buckets.values()) most = Math.max(most, [...names.values()].reduce((a, b) => a + b, 0));
  const root = getComputedStyle(document.documentElement);
  const gutter = 34;
  paint.strokeStyle = root.getPropertyValue('--line');
  paint.fillStyle = root.getPropertyValue('--quiet');
  paint.font = '11px ' + root.getPropertyValue('--sans');
  paint.textBaseline = 'middle';
  paint.textAlign = 'right';
  for (const part of [0, 0.5, 1]) {
    const y = Math.round((height - 14) * (1 - part) + 6) + 0.5;
    paint.beginPath(); paint.moveTo(gutter, y); paint.lineTo(width, y); paint.stroke();
    if (part === 0 || part === 1 || most > 1) paint.fillText(compact(most * part), gutter - 7, y);
  }
  const bar = (width - gutter) / CHART_SECONDS;
  for (let i = 0; i < CHART_SECONDS; i++) {
    const names = buckets.get(now - CHART_SECONDS + 1 + i);
    if (!names) continue;
    let y = height - 8;
    const parts = [...top.map(name => names.get(name) || 0)];
    parts.push([...names].filter(([name]) => !top.includes(name)).reduce((sum, [, number]) => sum + number, 0));
    parts.forEach((number, colour) => {
      if (!number) return;
      const size = Math.max(number / most * (height - 14), 1);
      paint.fillStyle = COLOURS[colour];
      paint.fillRect(gutter + i * bar + 0.5, y - size, Math.max(bar - 1, 1.5), size);
      y -= size;
    });
  }
  legend(top);
  const last = buckets.get(now - 1);
  $('rate').textContent = count.format(last ? [...last.values()].reduce((a, b) => a + b, 0) : 0);
}

function compact(number) {
  return new Intl.NumberFormat(undefined, {notation: 'compact', maximumFractionDigits: 1}).format(number);
}

function legend(top) {
  const names = totals.size > top.length ? [...top, 'others'] : top;
  const list = $('legend');
  if (list.dataset.names === JSON.stringify(names)) return;
  list.dataset.names = JSON.stringify(names);
  list.replaceChildren(...names.map((name, i) => {
    const item = document.createElement('li');
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    for (const [key, value] of Object.entries({width: 10, height: 10, rx: 3, fill: COLOURS[i < top.length ? i : OTHERS]})) rect.setAttribute(key, value);
    svg.setAttribute('viewBox', '0 0 10 10');
    svg.setAttribute('aria-hidden', 'true');
    svg.append(rect);
    item.append(svg, element('span', '', name));
    return item;
  }));
}

// --- what comes -------------------------------------------------------------------------------------------------

let source;
let lastId = '';
function listen() {
  // the browser resumes by itself, unless it was refused
  source = new EventSource('events/stream' + (lastId ? '?lastEventId=' + lastId : ''));
  source.onopen = () => { state(); setTimeout(() => { isLive = true; }, 500); };
  source.onerror = () => {
    state();
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  };
  source.onmessage = message => {
    let event;
    try { event = JSON.parse(message.data); } catch (e) { return; }
    event.id = message.lastEventId;
    event.text = (event.subject + ' ' + preview(event) + ' ' + JSON.stringify(event.headers || '')).toLowerCase();
    lastId = event.id;
    counted(event);
    if (isPaused) {
      held.push(event);
      if (held.length > KEPT) held.shift();
      tell();
    } else {
      arrived.push(event);
      schedule();
    }
  };
}

function state() {
  const isOpen = source && source.readyState === EventSource.OPEN;
  let kind = 'waiting', text = 'Connecting', notice = '';
  if (!isOpen) { kind = 'away'; text = 'Reconnecting'; }
  else if (status && !status.nats.connected) { kind = 'away'; text = 'NATS is away'; notice = status.reasons.join('; '); }
  else if (status && !status.ready) { kind = 'waiting'; text = 'Not ready'; notice = status.reasons.join('; '); }
  else if (status) { kind = 'live'; text = 'Live'; notice = status.reasons.join('; '); }
  $('connection').dataset.state = kind;
  if ($('connection-text').textContent !== text) $('connection-text').textContent = text;
  $('notice').hidden = !notice;
  if ($('notice').textContent !== notice) $('notice').textContent = notice;
}

async function poll() {
  try {
    const answer = await fetch('status', {cache: 'no-store'});
    status = await answer.json();
    $('stream-name').textContent = status.stream.subjects ? `${status.stream.name} · ${status.stream.subjects.join(', ')}` : status.stream.name;
    $('publish').hidden = !status.publish.allowed;
    $('publish-denied').hidden = status.publish.allowed;
    $('publish-denied').textContent = status.publish.allowed ? '' : 'Publishing is switched off: ' + status.publish.reason + '.';
    $('publish-token-field').hidden = !status.publish.token;
    tell();
    $('instance').textContent = status.instance;
    const {messages, bytes: size} = status.stream;
    const {pending, unacknowledged} = status.consumer;
    $('messages').textContent = messages === undefined ? '–' : count.format(messages);
    $('bytes').textContent = size === undefined ? '–' : bytes(size);
    $('lag').textContent = pending === undefined ? '–' : count.format(pending + unacknowledged);
  } catch (e) {
    // the connection's state tells it
  }
  state();
  setTimeout(poll, document.hidden ? 10000 : 2000);
}

// --- publishing -------------------------------------------------------------------------------------------------

function result(kind, text) {
  $('publish-result').dataset.kind = kind;
  $('publish-result').textContent = text;
}

function data(text) {
  if (!text.trim()) return 'null';
  try { JSON.parse(text); return text; } catch (e) { return JSON.stringify(text); }
}

async function publish(submission) {
  submission.preventDefault();
  const name = $('publish-name').value.trim();
  $('publish-name').setAttribute('aria-invalid', String(!name));
  if (!name) { result('bad', 'A name is needed, such as deploy.'); $('publish-name').focus(); return; }
  $('publish-button').disabled = true;
  try {
    const answer = await fetch('publish', {
      method: 'POST',
      headers: {'Content-Type': 'application/json', 'Idempotency-Key': key(), ...authorization()},
      body: `{"name":${JSON.stringify(name)},"data":${data($('publish-data').value)}}`,
    });
    const body = await answer.json();
    if (answer.ok) {
      result('good', 'Published to ' + body.subject);
      $('publish-data').value = '';
    } else {
      $('publish-name').setAttribute('aria-invalid', String(/^name /.test(body.detail || '')));
      $('publish-token').setAttribute('aria-invalid', String(answer.status === 401));
      result('bad', body.detail || answer.statusText);
    }
  } catch (e) {
    result('bad', 'The app does not answer. Try again.');
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

// --- keys and buttons -------------------------------------------------------------------------------------------

function pause() {
  isPaused = !isPaused;
  $('pause').setAttribute('aria-pressed', String(isPaused));
  if (!isPaused) { arrived.push(...held); held = []; schedule(); }
  tell();
}

document.addEventListener('keydown', press => {
  const isTyping = /^(INPUT|TEXTAREA)$/.test(press.target.tagName);
  if (press.key === 'Escape') {
    if (isTyping) press.target.blur();
    else if (selected) hide();
    return;
  }
  if (isTyping || press.ctrlKey || press.metaKey || press.altKey) return;
  const action = {'/': () => $('search').focus(), n: () => $('publish-name').focus(), j: () => step(1), k: () => step(-1), p: pause}[press.key];
  if (action) { press.preventDefault(); action(); }
});

$('publish').addEventListener('submit', publish);
$('publish-data').addEventListener('keydown', press => {
  if (press.key === 'Enter' && (press.ctrlKey || press.metaKey)) $('publish').requestSubmit();
});
$('pause').addEventListener('click', pause);
$('close-detail').addEventListener('click', hide);
$('copy').addEventListener('click', async () => {
  const {name, data, subject, timestamp, encoding, headers} = selected;
  try {
    await navigator.clipboard.writeText(JSON.stringify({name, data, subject, timestamp, encoding, headers}, null, 2));
    $('copy').textContent = 'Copied';
  } catch (e) {
    $('copy').textContent = 'Copying is not allowed here';
  }
  setTimeout(() => { $('copy').textContent = 'Copy JSON'; }, 1500);
});
for (const id of ['name-filter', 'search']) $(id).addEventListener('input', redraw);
$('curl').textContent = `curl -X POST ${new URL('publish', location.href)} \\\n  -H "Content-Type: application/json" \\\n  -d '{"name":"deploy","data":"nginx v2"}'`;

listen();
poll();
tell();
setInterval(draw, 1000);
addEventListener('resize', draw);
draw();
