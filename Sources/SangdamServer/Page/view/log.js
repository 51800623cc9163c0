// The conversation: one element an entry, kept for the entry's life, so that a screen reader hears each word once.

import { el, icon, write } from './dom.js';

const STATE_ICONS = {
  sending: 'M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18',
  saved: 'm5 12.5 4.5 4.5L19 7.5',
  seen: 'm2 12.5 4.5 4.5L16 7.5m-4 9 .5.5L22 7.5',
  unsent: 'M12 8v5m0 3.5v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18',
};
/** Words that follow within this belong together. */
const GROUP_MILLISECONDS = 3 * 60_000;

export class LogView {
  /** @param {{onedit: (id: string) => void}} options */
  constructor({ onedit }) {
    this.onedit = onedit;
    this.nodes = new Map();
    // Only additions are spoken: the change from "sending" to "saved" is not.
    this.element = el('div.log', { role: 'log', 'aria-relevant': 'additions', 'data-label': 'chat', tabIndex: 0 });
    this.typing = el('p.typing', { hidden: true, role: 'status' }, el('span.dots', { 'aria-hidden': 'true' }), el('span'));
  }

  render(link, words) {
    const chat = link.chat;
    const entries = chat?.entries ?? [];
    const isNewLanguage = this.lang !== words.lang;
    this.lang = words.lang;
    const gone = new Set(this.nodes.keys());
    let previous = null;
    let previousNode = null;
    let place = this.element.firstElementChild;
    const lastOwn = entries.findLast((entry) => entry.from === 'customer');
    for (const entry of entries) {
      let node = this.nodes.get(entry.key);
      if (!node || (isNewLanguage && entry.from === 'event')) {
        node?.remove();
        if (place === node) place = this.element.firstElementChild;
        node = this.make(entry, words);
        this.nodes.set(entry.key, node);
      }
      gone.delete(entry.key);
      if (node === place) place = place.nextElementSibling;
      else this.element.insertBefore(node, place);
      const follows = this.fill(node, entry, previous, chat, words, entry === lastOwn);
      // One time is enough for what was said in the same minute.
      if (follows) previousNode.querySelector('time').hidden = words.time(previous.at) === words.time(entry.at);
      previous = entry;
      previousNode = node;
    }
    for (const key of gone) {
      this.nodes.get(key).remove();
      this.nodes.delete(key);
    }
    this.typing.hidden = !chat?.isOtherTyping;
    write(this.typing.lastChild, chat?.isOtherTyping ? words.say('typing') : '');
  }

  make(entry, words) {
    if (entry.from === 'event') {
      return el('p.event', {}, words.say(entry.code, { name: entry.name ?? '' }));
    }
    const side = entry.from === 'customer' ? 'own' : entry.from === 'system' ? 'system' : 'other';
    return el(
      `div.entry.${side}`, {}, el('p.day', { hidden: true }), el('span.who'),
      el('div.bubble', { dir: 'auto' }, entry.text),
      el('span.meta', {}, el('time'), el('span.state')));
  }

  /** @returns {boolean} whether it belongs to the one before */
  fill(node, entry, previous, chat, words, isLastOwn) {
    if (entry.from === 'event') return false;
    const [day, who, , meta] = node.children;
    const date = new Date(entry.at);
    const before = previous?.at ? new Date(previous.at) : null;
    const isNewDay = date.toDateString() !== (before ?? new Date()).toDateString();
    day.hidden = !isNewDay;
    if (isNewDay) write(day, words.day(entry.at));
    const follows = previous?.from === entry.from && previous.name === entry.name && !isNewDay
      && date - before < GROUP_MILLISECONDS;
    node.classList.toggle('follows', follows);
    write(who, words.speaker(entry));
    const [time, state] = meta.children;
    if (time.dateTime !== entry.at) time.dateTime = entry.at;
    write(time, words.time(entry.at));
    time.hidden = false;
    if (entry.state) this.fillState(state, entry, chat, words, isLastOwn);
    return follows;
  }

  fillState(node, entry, chat, words, isLastOwn) {
    const isSeen = entry.state === 'saved' && entry.seq <= chat.seenByOther;
    const state = isSeen ? 'seen' : entry.state;
    const label = words.say(state);
    node.classList.toggle('is-last', isLastOwn);
    if (node.dataset.state === state && node.dataset.lang === words.lang) return;
    node.dataset.state = state;
    node.dataset.lang = words.lang;
    node.replaceChildren(icon(STATE_ICONS[state]), el('span', {}, label));
    if (state === 'unsent') {
      node.append(el('button.link', { type: 'button', onclick: () => this.onedit(entry.id) }, words.say('editAgain')));
    }
  }
}
