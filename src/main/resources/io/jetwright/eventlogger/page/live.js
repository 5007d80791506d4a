// The connection to /events/stream.

const RETRY = 2000; // ms

let source = null;
let lastId = '';

/**
 * Listens for as long as the page is open; goes on after the last event that has come.
 *
 * @param onMessage called with each event's JSON and its id
 * @param onState called when the connection opens or is lost
 */
export function listen(onMessage, onState) {
  // the browser resumes by itself, unless it was refused
  source = new EventSource('events/stream' + (lastId ? '?lastEventId=' + encodeURIComponent(lastId) : ''));
  source.onopen = onState;
  source.onerror = () => {
    onState();
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, RETRY, onMessage, onState);
  };
  source.onmessage = message => {
    lastId = message.lastEventId;
    onMessage(message.data, lastId);
  };
}

export const isOpen = () => source !== null && source.readyState === EventSource.OPEN;
