// The conversation: one element an entry, kept for the entry's life, so that a screen reader hears each word once.

import { timeOfDay } from '../acts.js';
import { date, speaker } from '../phrases.js';
import { isBlank } from '../reading.js';
import { el, icon, write } from './dom.js';
import { linked } from './links.js';
import { named, readable, showNamed } from './readable.js';
import { copy } from './writing.js';

const STATE_ICONS = {
  sending: 'M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18',
  saved: 'm5 12.5 4.5 4.5L19 7.5',
  seen: 'm2 12.5 4.5 4.5L16 7.5m-4 9 .5.5L22 7.5',
  unsent: 'M12 8v5m0 3.5v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18',
};
/** Words that follow within this belong together. */
const GROUP_MILLISECONDS = 3 * 60_000;

const MINUTE_MILLISECONDS = 60_000;

/**
 * A line of the conversation. `seq` is null until the server has stored the message; then it never changes.
 * @typedef {object} Entry
 * @property {string} key stays the same for the entry's life
 * @property {number|null} seq
 * @property {'customer'|'agent'|'system'|'event'} from
 * @property {string} [text] the words; an event has none but a `code`
 * @property {string} [code] which event
 * @property {string} [name]
 * @property {string} [id] the sender's own id
 * @property {string} [at] RFC 3339
 * @property {'sending'|'saved'|'unsent'} [state] of one's own words
 */

/**
 * What is known of an entry that is shown.
 * @typedef {{node: HTMLElement, at: string, moment: Date, day: string, minute: number, looks: string}} Shown
 */

/** An event is told in our words, and so is that somebody said nothing: as old chats have it. */
function hasOurWords({ from, text }) {
  return from === 'event' || isBlank(text);
}

export class LogView {
  /** @param {{onedit: (id: string) => void}} options */
  constructor({ onedit }) {
    this.onedit = onedit;
    /** @type {Map<string, Shown>} by the entry's key */
    this.shown = new Map();
    // Only additions are spoken: the change from "sending" to "saved" is not.
    this.element = el('div.log', {
      role: 'log', 'aria-relevant': 'additions', 'data-label': 'chat', tabIndex: 0,
      onblur: () => this.element.classList.remove('is-led'),
    });
    this.typing = el('p.typing', { hidden: true, role: 'status' }, el('span.dots', { 'aria-hidden': 'true' }), el('span'));
  }

  get isEmpty() {
    return this.shown.size === 0;
  }

  /** Led there, one has not chosen it: only who comes by key sees a ring around it. */
  focus() {
    this.element.classList.add('is-led');
    this.element.focus({ preventScroll: true });
  }

  render(link, words) {
    const chat = link.chat;
    const entries = chat?.entries ?? [];
    if (chat !== this.chat) {
      // Another chat counts from the same numbers.
      this.chat = chat;
      this.shown.clear();
      this.element.replaceChildren();
    }
    this.arrange(entries, words);
    this.fillAll(entries, new Date(timeOfDay(link)).toDateString(), chat, words);
    this.typing.hidden = !chat?.isOtherTyping;
    write(this.typing.lastChild, chat?.isOtherTyping ? words.say('typing') : '');
  }

  /** Every entry has its node, in order, and no other node is left. */
  arrange(entries, words) {
    const isNewLanguage = this.lang !== words.lang;
    this.lang = words.lang;
    const gone = new Set(this.shown.keys());
    let next = this.element.firstElementChild;
    for (const entry of entries) {
      let node = this.shown.get(entry.key)?.node;
      if (!node || (isNewLanguage && hasOurWords(entry))) {
        if (next === node) next = next?.nextElementSibling ?? null;
        node?.remove();
        node = this.make(entry, words);
        this.shown.set(entry.key, { node });
      }
      gone.delete(entry.key);
      if (node === next) next = next.nextElementSibling;
      else this.element.insertBefore(node, next);
    }
    for (const key of gone) {
      this.shown.get(key).node.remove();
      this.shown.delete(key);
    }
  }

  /** Only what changed is written: a long conversation costs no more at each word than a short one. */
  fillAll(entries, today, chat, words) {
    const lastOwn = entries.findLast((entry) => entry.from === 'customer');
    let day = today;
    let previous = null;
    for (const [index, entry] of entries.entries()) {
      if (entry.from === 'event') {
        previous = null;
        continue;
      }
      const shown = this.dated(entry);
      const isNewDay = shown.day !== day;
      const follows = !isNewDay && this.isFollowed(previous, entry);
      // One time is enough for what was said in the same minute.
      const next = entries[index + 1];
      const isTimeTold = this.isFollowed(entry, next) && this.dated(next).minute === shown.minute;
      const isSeen = entry.state === 'saved' && entry.seq <= chat.seenByOther;
      const state = isSeen ? 'seen' : entry.state;
      const looks = [words.lang, entry.at, isNewDay, follows, isTimeTold, state, entry === lastOwn, chat.isOver].join();
      if (shown.looks !== looks) {
        shown.looks = looks;
        this.fill(shown.node, entry, { isNewDay, follows, isTimeTold, state, isLast: entry === lastOwn, chat, words });
      }
      day = shown.day;
      previous = entry;
    }
  }

  /** @returns {Shown} with the date of what is said, which changes once the server tells its own */
  dated(entry) {
    const shown = this.shown.get(entry.key);
    if (shown.at !== entry.at) {
      const moment = new Date(entry.at);
      const minute = Math.floor(moment / MINUTE_MILLISECONDS);
      Object.assign(shown, { at: entry.at, moment, day: moment.toDateString(), minute });
    }
    return shown;
  }

  /** Whether the next one belongs to this one. */
  isFollowed(entry, next) {
    if (!entry || !next || next.from !== entry.from || next.name !== entry.name || next.from === 'event') return false;
    const [first, second] = [this.dated(entry), this.dated(next)];
    return first.day === second.day && second.moment - first.moment < GROUP_MILLISECONDS;
  }

  make(entry, words) {
    if (entry.from === 'event') {
      return el('p.event', {}, ...named(words, entry.code, entry.name));
    }
    const side = entry.from === 'customer' ? 'own' : entry.from === 'system' ? 'system' : 'other';
    const said = isBlank(entry.text) ? [el('em', {}, words.say('blank'))] : readable(entry.text, linked);
    return el(
      `div.entry.${side}`, {}, el('p.day', { hidden: true }), el('span.who'), el('div.bubble', { dir: 'auto' }, ...said),
      el('span.meta', {}, el('time'), el('span.state')));
  }

  fill(node, entry, { isNewDay, follows, isTimeTold, state, isLast, chat, words }) {
    const [day, who, bubble, meta] = node.children;
    day.hidden = !isNewDay;
    if (isNewDay) write(day, date(words, 'day', entry.at));
    node.classList.toggle('follows', follows);
    showNamed(who, words, speaker(entry), entry.name);
    const [time, sign] = meta.children;
    time.dateTime = entry.at;
    write(time, date(words, 'time', entry.at));
    time.hidden = isTimeTold;
    if (!state) return;
    sign.classList.toggle('is-last', isLast);
    const look = `${state} ${words.lang} ${chat.isOver}`;
    if (sign.look === look) return;
    sign.look = look;
    sign.dataset.state = state;
    sign.replaceChildren(icon(STATE_ICONS[state]), el('span', {}, words.say(state)));
    if (state === 'unsent') sign.append(this.wayOut(entry, bubble, chat, words));
  }

  /** What can be done with unsent words. After the chat nothing can be written any more, only kept. */
  wayOut(entry, bubble, chat, words) {
    const act = () => (chat.isOver ? copy(bubble, button, words, entry.text) : this.onedit(entry.id));
    const button = el('button.link', { type: 'button', onclick: act }, words.say(chat.isOver ? 'copy' : 'editAgain'));
    return button;
  }
}
