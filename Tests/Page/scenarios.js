// What the link's scenarios have in common: a link, a server's messages, and a look at what went out.

import * as acts from './acts.js';
import * as faq from './faq.js';
import { Link } from './link.js';

/** A link with clocks that only the test moves, and ids c1, c2, … */
export function begin(options = {}) {
  let made = 0;
  const at = { now: 0, slept: 0 };
  const clock = () => Date.parse(AT) + at.now + at.slept;
  const link = new Link({ lang: 'ko', random: () => 0, clock, makeID: () => `c${(made += 1)}`, ...options });
  const sent = [];
  const take = () => {
    const effects = link.take();
    for (const effect of effects) sent.push(effect.do === 'send' ? JSON.parse(effect.text) : effect.do);
  };
  return {
    link, at,
    /** Everything that went out since the last look. */
    out: () => sent.splice(0),
    /** What the link does, or the customer with it. The time goes last. */
    do: (name, ...values) => {
      const act = acts[name] ?? faq[name];
      const value = act ? act(link, ...values, at.now) : link[name](...values, at.now);
      take();
      return value;
    },
    hear: (...messages) => {
      for (const message of messages) link.received(JSON.stringify(message), at.now);
      take();
    },
    wait: (milliseconds) => { at.now += milliseconds; link.tick(at.now); take(); },
    /** As telephones do: the day goes on, and no timer with it. */
    sleep: (milliseconds) => { at.slept += milliseconds; },
    texts: () => link.chat.entries.filter((entry) => entry.from !== 'event').map(({ text, state }) => `${text}${state ? `/${state}` : ''}`),
  };
}

export const AT = '2026-11-22T08:00:00.000Z';
export const WELCOME = { type: 'welcome', session: 's', token: 't', lang: 'ko', protocol: 1 };
export const TOPICS = { type: 'topics', topics: [{ id: 'refund', label: '환불', queue: 'q', open: true, waiting: 0 }], contacts: [] };
export const QUEUED = { type: 'queued', chat: 'chat1', queue: 'q', position: 1, wait: null, on_duty: true };
export const STARTED = { type: 'started', chat: 'chat1', agent: 'kim', seq: 3 };
export const ENDED = { type: 'ended', chat: 'chat1', reason: 'agent_ended', receipt: 'R' };

export function agentSays(seq, text, chat = 'chat1') {
  return { type: 'message', chat, seq, from: 'agent', name: 'kim', text, at: AT };
}

export function connect(it) {
  it.do('connect');
  it.do('opened');
}

/** The line breaks and is back. */
export function reconnect(it) {
  it.do('closed');
  it.wait(500);
  it.do('opened');
}

/** In the queue, which is kept for a quarter of an hour. */
export function waiting(options) {
  const it = begin(options);
  connect(it);
  it.hear(WELCOME, TOPICS);
  it.do('enter', 'refund', '환불');
  it.hear({ ...QUEUED, hold: 900 });
  it.out();
  return it;
}

/** In a chat with kim. */
export function chatting(options) {
  const it = begin(options);
  connect(it);
  it.hear(WELCOME, TOPICS);
  it.do('enter', 'refund', '환불');
  it.hear(QUEUED, STARTED);
  it.out();
  return it;
}

export function same(found, wanted) {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`found ${a}, wanted ${b}`);
}

export const types = (messages) => messages.map((message) => message.type ?? message);
