// Carries out what the link decides: the WebSocket, the timer, the storage. The only file that knows them.
//
// The token that leads back to a chat is kept in `sessionStorage`: it outlives a reload and a discarded tab, and a tab that
// was closed only where the browser itself brings it back. On a shared computer the next person must not find somebody's
// chat, so nothing of it is in `localStorage`.

import { Link } from './link.js';

const CHAT = 'sangdam.chat';
const LANGUAGE = 'sangdam.lang';

/** Storage may be forbidden, as in some frames: then the page works without it. */
export function read(storage, key) {
  try {
    return window[storage].getItem(key);
  } catch {
    return null;
  }
}

export function write(storage, key, text) {
  try {
    if (text) window[storage].setItem(key, text);
    else window[storage].removeItem(key);
  } catch {
    // Nothing is kept over a reload then.
  }
}

/** The language chosen before, in this tab or in another; which is nobody's secret. */
export const chosenLanguage = {
  here: () => read('sessionStorage', LANGUAGE),
  before: () => read('localStorage', LANGUAGE),
  set: (lang) => {
    for (const storage of ['sessionStorage', 'localStorage']) write(storage, LANGUAGE, lang);
  },
};

function savedChat() {
  try {
    return JSON.parse(read('sessionStorage', CHAT));
  } catch {
    return null;
  }
}

export class Shell {
  /** `onchange` follows every event. */
  constructor({ lang, onchange }) {
    this.onchange = onchange;
    this.socket = null;
    this.timer = null;
    this.saved = '';
    const prefix = Array.from(crypto.getRandomValues(new Uint32Array(2)), (part) => part.toString(36)).join('');
    let count = 0;
    this.link = new Link({ lang, saved: savedChat(), makeID: () => `${prefix}-${(count += 1)}` });
  }

  start() {
    const awake = () => {
      if (document.visibilityState === 'visible') this.do((link, now) => link.wake(now));
    };
    addEventListener('online', awake);
    addEventListener('pageshow', awake);
    document.addEventListener('visibilitychange', awake);
    this.do((link, now) => link.connect(now));
  }

  /** @param {(link: Link, now: number) => void} event what happens; carries out what follows */
  do(event) {
    event(this.link, performance.now());
    for (const effect of this.link.take()) this.run(effect);
    this.keep();
    this.setTimer();
    this.onchange();
  }

  run(effect) {
    switch (effect.do) {
      case 'connect': this.connect(); break;
      case 'close': this.close(); break;
      case 'send':
        if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(effect.text);
        break;
    }
  }

  connect() {
    this.close();
    const url = new URL('chat', location.href);
    url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:';
    url.search = url.hash = '';
    const socket = new WebSocket(url, 'sangdam.v1');
    // A socket that was given up may still have something to say.
    const forward = (event) => {
      if (this.socket === socket) this.do(event);
    };
    socket.onopen = () => forward((link, now) => link.opened(now));
    socket.onmessage = ({ data }) => forward((link, now) => link.received(data, now));
    socket.onclose = () => forward((link, now) => link.closed(now));
    this.socket = socket;
  }

  close() {
    const socket = this.socket;
    this.socket = null;
    socket?.close(1000);
  }

  keep() {
    const snapshot = this.link.snapshot();
    const text = snapshot ? JSON.stringify(snapshot) : '';
    if (text === this.saved) return;
    this.saved = text;
    write('sessionStorage', CHAT, text);
  }

  setTimer() {
    clearTimeout(this.timer);
    const deadline = this.link.deadline;
    if (deadline === null) return;
    const wait = Math.max(0, deadline - performance.now());
    this.timer = setTimeout(() => this.do((link, now) => link.tick(now)), wait);
  }
}
