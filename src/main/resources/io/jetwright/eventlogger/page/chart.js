// Events per second by name, as a picture and in words.

import {$, element, say} from './dom.js';
import {compact, count, plural, t} from './words.js';

const SECONDS = 120;
const COLOURS = ['#3b7cf0', '#e5793b', '#2ba672', '#a35be0', '#d9467e', '#8a94a6'];
const OTHERS = COLOURS.length - 1;
const MAX_NAMES = 200;     // of one second; what has further names counts as others
const WORDS_EVERY = 5000;  // ms

const buckets = new Map(); // second -> name -> number
let worded = 0;
let isSilent = true;        // what the words say

const sum = names => [...names.values()].reduce((a, b) => a + b, 0);

export function counted(event) {
  const second = Math.floor(Date.parse(event.timestamp) / 1000);
  if (second < Date.now() / 1000 - SECONDS) return;
  if (!buckets.has(second)) buckets.set(second, new Map());
  const names = buckets.get(second);
  const name = names.size < MAX_NAMES || names.has(event.name) ? event.name : '';
  names.set(name, (names.get(name) || 0) + 1);
}

function totals(now) {
  const all = new Map();
  for (const [second, names] of buckets) {
    if (second < now - SECONDS) { buckets.delete(second); continue; }
    for (const [name, number] of names) all.set(name, (all.get(name) || 0) + number);
  }
  return all;
}

export function draw() {
  const now = Math.floor(Date.now() / 1000);
  const all = totals(now);
  const top = [...all].filter(([name]) => name).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, OTHERS);
  const names = top.map(([name]) => name);
  const most = [...buckets.values()].reduce((max, each) => Math.max(max, sum(each)), 1);
  paint(now, names, most);
  legend(names, all.size > names.length);
  say('rate', count(buckets.has(now - 1) ? sum(buckets.get(now - 1)) : 0));
  const number = sum(all);
  if (Date.now() - worded >= WORDS_EVERY || (number > 0) === isSilent) {
    worded = Date.now();
    isSilent = number === 0;
    say('chart-words', number === 0 ? t('chart.none') : plural('chart.words', number, {
      most: count(most), names: top.slice(0, 3).map(([name, n]) => `${name} ${count(n)}`).join(', '),
    }));
  }
}

function paint(now, names, most) {
  const canvas = $('chart');
  const style = getComputedStyle(canvas);
  const width = canvas.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const height = canvas.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
  const scale = window.devicePixelRatio || 1;
  if (width <= 0) return;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const brush = canvas.getContext('2d');
  brush.scale(scale, scale);
  const root = getComputedStyle(document.documentElement);
  const gutter = 34;
  brush.strokeStyle = root.getPropertyValue('--line');
  brush.fillStyle = root.getPropertyValue('--quiet');
  brush.font = '11px ' + root.getPropertyValue('--sans');
  brush.textBaseline = 'middle';
  brush.textAlign = 'right';
  for (const part of [0, 0.5, 1]) {
    const y = Math.round((height - 14) * (1 - part) + 6) + 0.5;
    brush.beginPath(); brush.moveTo(gutter, y); brush.lineTo(width, y); brush.stroke();
    if (part === 0 || part === 1 || most > 1) brush.fillText(compact(most * part), gutter - 7, y);
  }
  const bar = (width - gutter) / SECONDS;
  for (let i = 0; i < SECONDS; i++) {
    const bucket = buckets.get(now - SECONDS + 1 + i);
    if (!bucket) continue;
    const parts = names.map(name => bucket.get(name) || 0);
    parts.push(sum(bucket) - parts.reduce((a, b) => a + b, 0));
    let y = height - 8;
    parts.forEach((number, colour) => {
      if (!number) return;
      const size = Math.max(number / most * (height - 14), 1);
      brush.fillStyle = COLOURS[colour < names.length ? colour : OTHERS];
      brush.fillRect(gutter + i * bar + 0.5, y - size, Math.max(bar - 1, 1.5), size);
      y -= size;
    });
  }
}

function legend(top, hasOthers) {
  const names = hasOthers ? [...top, t('chart.others')] : top;
  const list = $('legend');
  if (list.dataset.names === JSON.stringify(names)) return;
  list.dataset.names = JSON.stringify(names);
  list.replaceChildren(...names.map((name, i) => {
    const item = document.createElement('li');
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    const fill = COLOURS[i < top.length ? i : OTHERS];
    for (const [key, value] of Object.entries({width: 10, height: 10, rx: 3, fill})) rect.setAttribute(key, value);
    svg.setAttribute('viewBox', '0 0 10 10');
    svg.setAttribute('aria-hidden', 'true');
    svg.append(rect);
    item.append(svg, element('span', '', name));
    return item;
  }));
}
