// The newest events, and what has arrived and is not read yet. Both are bounded: what does not fit is counted, and told as a gap.

import {parseEvent} from './event.js';

export const KEPT = 500;              // events
const KEPT_SIZE = 8 << 20;            // characters of their data
const HELD = 400;                     // events that wait to be shown; fewer, so that the gap before them can be seen
const WAITING = 4000;                 // messages that have arrived
const WAITING_SIZE = 32 << 20;        // characters of them
const SLICE = 8;                      // ms for which messages are read at once
const EVERY = 100;                    // ms between two changes of the page

/** Events, newest first, and gaps: {gap: number of events that are missing, sequence: of the last one before it}. */
export const newest = [];
let size = 0;

/** Adds events, oldest first, and returns those that are gone for it. */
export function add(events) {
  for (const event of events) {
    newest.unshift(event);
    size += event.gap ? 0 : event.data.length;
  }
  let kept = newest.length;
  for (let left = size; kept > 1 && (kept > KEPT || left > KEPT_SIZE); kept--) {
    left -= newest[kept - 1].gap ? 0 : newest[kept - 1].data.length;
    size = left;
  }
  return newest.splice(kept);
}

/** Forgets all events. */
export function clear() {
  newest.length = 0;
  size = 0;
}

/** Whether one sequence is after another one; both are decimal numbers, which may be larger than a number can be. */
const isAfter = (one, other) => one.length > other.length || (one.length === other.length && one > other);

/** Reads messages in slices so short that the page answers in between, and hands over what it has read. */
export class Intake {
  #waiting = [];
  #first = 0;
  #size = 0;
  #read = [];
  #skipped = 0;
  #lastSequence = null;
  #arrived = '';       // the sequence of the last message that has arrived
  #isReset = false;
  #timer = null;
  #flushed = 0;

  /**
   * @param onRead called with each event that is read
   * @param onBatch called with those that are to be shown, oldest first, at most ten times a second; and with whether the stream was
   *     set back or created again, so that those from before are not there any more
   * @param onHeld called when further ones wait since it is paused
   */
  constructor(onRead, onBatch, onHeld) {
    this.onRead = onRead;
    this.onBatch = onBatch;
    this.onHeld = onHeld;
    this.isPaused = false;
  }

  push(text, id) {
    const sequence = /^\d*/.exec(id)[0];
    if (!isAfter(sequence, this.#arrived)) this.#reset();
    this.#arrived = sequence;
    this.#waiting.push([text, id]);
    this.#size += text.length;
    while (this.#waiting.length - this.#first > WAITING || (this.#size > WAITING_SIZE && this.#waiting.length - this.#first > 1)) {
      this.#take();
      this.#skipped += 1 + this.#read.length; // what was read before is older, and a gap is told at one place
      this.#read = [];
    }
    this.#schedule(0);
  }

  /** The server sends what the stream has now from its beginning, with sequences that others have had. */
  #reset() {
    this.#waiting = [];
    this.#first = this.#size = this.#skipped = 0;
    this.#read = [];
    this.#lastSequence = null;
    this.#isReset = true;
  }

  #take() {
    const message = this.#waiting[this.#first];
    this.#waiting[this.#first++] = null;
    this.#size -= message[0].length;
    if (this.#first === this.#waiting.length) { this.#waiting = []; this.#first = 0; }
    return message;
  }

  // by timer and not by animation frame, which a page in the background does not get
  #schedule(delay) {
    if (this.#timer === null) this.#timer = setTimeout(() => this.#run(), delay);
  }

  #run() {
    this.#timer = null;
    const end = performance.now() + SLICE;
    while (this.#waiting.length > 0 && performance.now() < end) {
      const [text, id] = this.#take();
      let event;
      try { event = parseEvent(text, id); } catch (e) { continue; }
      this.onRead(event);
      this.#read.push(event);
    }
    this.#bound();
    const wait = this.#flushed + EVERY - performance.now();
    if (this.isPaused) this.onHeld();
    else if (wait <= 0) this.flush();
    if (this.#waiting.length > 0) this.#schedule(0);
    else if (!this.isPaused && this.#read.length > 0) this.#schedule(Math.max(wait, 0));
  }

  /** Of what waits to be shown the oldest go. */
  #bound() {
    if (this.#read.length > HELD) this.#skipped += this.#read.splice(0, this.#read.length - HELD).length;
  }

  /** How many events wait to be shown, and how many of them are not kept. */
  get held() { return this.#read.length + this.#skipped; }

  /** Shows what waits. */
  flush() {
    this.#flushed = performance.now();
    const batch = this.#read;
    if (this.#skipped > 0) batch.unshift({gap: this.#skipped, sequence: this.#lastSequence});
    this.#read = [];
    this.#skipped = 0;
    if (batch.length === 0) return;
    this.#lastSequence = batch.at(-1).sequence;
    const isReset = this.#isReset;
    this.#isReset = false;
    this.onBatch(batch, isReset);
  }
}
