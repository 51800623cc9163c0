// The customer's side of the protocol as a state machine: events and the time come in, effects go out. It touches no
// socket, no clock, no storage and no element, so that its tests are tables; `shell.js` carries the effects out.
//
// Promises kept here: words are shown in `seq` order, each once; what was not acknowledged is said again with the same
// id, one at a time and in order; nothing that was typed is dropped without being shown as unsent.

import { Asks } from './asks.js';
import { Conversation } from './conversation.js';
import { found, NOTHING_SOUGHT, searchAgain, suggest } from './faq.js';
import { Pulse } from './pulse.js';
import { refused, RETRIED } from './refusals.js';

/** @typedef {{do: 'connect'} | {do: 'close'} | {do: 'send', text: string}} Effect */

const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;
/** A connection that lasted so long begins the back-off anew. */
const STEADY = 10_000;
const CONNECT_LIMIT = 10_000;
/** A timer so late was asleep. */
const SLEEP = 5_000;
const TOPICS_INTERVAL = 15_000;
/** Of `snapshot()`: a page of another day may have left another one. */
const FORM = 1;
/** Requests about inquiries. */
const INQUIRY = ['inquire', 'inquiry', 'reply'];
/** When the server does not say. */
const TEXT_BYTES = 4000;

/** Whether whoever enters the topic now gets a rank in its queue. A server that knows no hours says nothing about it. */
export function takesChats({ offers }) {
  return offers?.includes('chat') ?? true;
}

export class Link {
  /**
   * `saved`: what `snapshot()` gave before a reload; `clock`: the time of day here, in milliseconds; `makeID`: an id that
   * no other tab with the same token makes.
   */
  constructor({ lang, saved = null, random = Math.random, clock = Date.now, makeID }) {
    this.lang = lang;
    this.random = random;
    this.clock = clock;
    this.makeID = makeID;
    /** @type {'off'|'connecting'|'greeting'|'online'|'waiting'|'stopped'} */
    this.phase = 'off';
    /** The `code` of a `bye` that asks nobody back. */
    this.stopCode = null;
    this.topics = null;
    this.contacts = [];
    this.desk = null;
    /** What is told about customers' data: `{version, text, url, consent}`; null where nothing is. */
    this.privacy = null;
    /** The version of it that was agreed to on this page. */
    this.consent = null;
    /** The topic that was chosen while something is in the way still: `{id, label, answers, refused}`. */
    this.wish = null;
    /** Whether the desk has frequent questions, and what is sought among them (faq.js). */
    this.hasFAQ = false;
    this.faq = NOTHING_SOUGHT;
    /** The last refusal that the customer should read: `{code, message}`. */
    this.notice = null;
    /** True while the server asks us to slow down. */
    this.isPaced = false;
    /** Whether somebody looks at the topics. */
    this.isWatched = true;
    /** How many a message may have. */
    this.textBytes = TEXT_BYTES;
    /** How far the clock here is behind the server's. */
    this.clockError = 0;
    this.wasOnline = false;
    this.token = null;
    /** @type {Conversation|null} */
    this.chat = null;
    /** What was written for a chat that came to nothing. */
    this.unsaid = [];
    /** Questions that are answered later (inquiries.js), once that is fetched. */
    this.inquiries = null;

    /** @type {Effect[]} */
    this.effects = [];
    this.asks = new Asks();
    if (saved?.form === FORM) this.restore(saved);
    this.failures = 0;
    this.farewell = null;
    this.inFlight = null;
    this.pausedUntil = null;
    this.retryAt = null;
    this.connectBy = null;
    this.onlineSince = null;
    this.pulse = new Pulse();
    /** The time of day of the last message, and how far it is ahead of `now`, which stands still in some sleeps. */
    this.heardTime = this.ahead = null;
    this.pings = 0;
    this.isTyping = false;
    this.typingEndsAt = null;
    this.topicsAt = null;
    this.seenSent = 0;
  }

  /** @returns {Effect[]} what is to be done, in order */
  take() {
    const effects = this.effects;
    this.effects = [];
    return effects;
  }

  /** What a reload needs. The words come back from the server, but for the unsaved ones. */
  snapshot() {
    const { token, asks, chat, isLeaving } = this;
    if (!chat && !isLeaving) return null;
    return { form: FORM, token, chat: chat?.snapshot() ?? null, asks: asks.snapshot() };
  }

  restore({ token, chat, asks }) {
    try {
      [this.chat, this.asks] = [chat && Conversation.restore(chat), new Asks(asks)];
      this.token = token;
    } catch {
      // The page begins anew.
    }
  }

  /** Whether a question is on its way, which counts once for this customer only. */
  get isLeaving() {
    return Boolean(this.asks.find('inquire'));
  }

  get isOnline() {
    return this.phase === 'online';
  }

  /** Whether somebody hears what is said. */
  get isTalking() {
    return this.isOnline && this.chat?.phase === 'active';
  }

  /** Whether the server owes an answer. */
  get isWaiting() {
    return this.inFlight !== null || this.asks.areOut;
  }

  /** When `tick` has something to do; null when only an event can change anything. */
  get deadline() {
    const times = [this.connectBy, this.retryAt, this.pausedUntil, this.typingEndsAt];
    if (this.isOnline) {
      times.push(this.pulse.deadline(this.isWaiting));
      if (!this.chat && this.isWatched) times.push(this.topicsAt);
    }
    const due = times.filter((time) => time !== null);
    return due.length ? Math.min(...due) : null;
  }

  // MARK: The connection

  connect(now) {
    this.phase = 'connecting';
    this.stopCode = null;
    this.retryAt = null;
    this.farewell = null;
    this.connectBy = now + CONNECT_LIMIT;
    this.effects.push({ do: 'connect' });
  }

  opened(now) {
    if (this.phase !== 'connecting') return;
    this.phase = 'greeting';
    this.pulse.heard(now);
    this.hello();
  }

  hello() {
    const hello = { type: 'hello', role: 'customer', lang: this.lang };
    // Of a chat that another tab began after an ended one, all is wanted.
    const { token, chat } = this;
    if (token && (chat || this.isLeaving)) {
      Object.assign(hello, { resume: token, after: chat && !chat.isOver ? chat.lastSeq : 0 });
    }
    this.send(hello);
  }

  closed(now) {
    if (this.phase === 'off' || this.phase === 'stopped') return;
    if (this.onlineSince !== null && now - this.onlineSince > STEADY) this.failures = 0;
    this.forgetConnection();
    if (this.farewell && !this.farewell.reconnect) {
      this.phase = 'stopped';
      this.stopCode = this.farewell.code;
      return;
    }
    this.phase = 'waiting';
    this.retryAt = now + this.backOff();
  }

  forgetConnection() {
    this.inFlight = null;
    this.connectBy = null;
    this.onlineSince = null;
    this.pausedUntil = null;
    this.isPaced = false;
    this.isTyping = false;
    this.typingEndsAt = null;
    this.topicsAt = null;
    // It may have been heard, and would count twice; but a leave is to be understood.
    if (this.asks.find('faq_helped')?.isSent && !this.asks.find('leave')) this.asks.drop('faq_helped');
    this.asks.sendAgain();
    if (this.chat) this.chat.isOtherTyping = false;
  }

  /** Doubling, and anywhere in the upper half: a restart does not bring everybody back at once. */
  backOff() {
    const longest = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** Math.min(this.failures, 6));
    this.failures += 1;
    return longest * (0.5 + this.random() / 2);
  }

  drop(now) {
    this.effects.push({ do: 'close' });
    this.closed(now);
  }

  /** The network or the person is back: no more waiting. `isAsked` is a person's own wish, `slept` what `hasSlept` said. */
  wake(now, isAsked = false, slept = this.hasSlept(now)) {
    const mayReturn = isAsked || this.stopCode === 'idle';
    if (slept && ['connecting', 'greeting'].includes(this.phase)) this.drop(now);
    if (this.phase === 'waiting' || (this.phase === 'stopped' && mayReturn)) {
      this.connect(now);
    } else if (this.isOnline && (slept || now - this.pulse.heardAt > SLEEP)) {
      this.ping();
      this.pulse.pingedAwake(now);
    }
  }

  /** Since it was asked last: the timer is late, or the time of day went on without it. */
  hasSlept(now) {
    const ahead = this.clock() - now;
    const isLate = this.deadline !== null && now - this.deadline > SLEEP;
    const slept = isLate || (this.ahead !== null && ahead - this.ahead > SLEEP);
    this.ahead = ahead;
    return slept;
  }

  tick(now) {
    // Before anything is given up: the silence was ours.
    if (this.hasSlept(now)) this.wake(now, false, true);
    if (this.connectBy !== null && this.connectBy <= now) this.drop(now);
    if (this.phase === 'waiting' && this.retryAt <= now) this.connect(now);
    if (this.isOnline) this.keepAlive(now);
    if (this.typingEndsAt !== null && this.typingEndsAt <= now) this.setTyping(false);
    if (this.pausedUntil !== null && this.pausedUntil <= now) {
      this.pausedUntil = null;
      this.isPaced = false;
      this.pump(now);
    }
    if (this.isOnline && !this.chat && this.isWatched && this.topicsAt !== null && this.topicsAt <= now) {
      this.refreshTopics(now);
    }
  }

  keepAlive(now) {
    if (now < this.pulse.deadline(this.isWaiting)) return;
    if (this.pulse.answerBy !== null) return this.drop(now);
    this.ping();
    this.pulse.pinged(now, this.isWaiting);
  }

  setTyping(isTyping) {
    if (!isTyping) this.typingEndsAt = null;
    if (isTyping === this.isTyping) return;
    this.isTyping = isTyping;
    if (this.isTalking) this.send({ type: 'typing', on: isTyping });
  }

  ping() {
    this.pings += 1;
    this.send({ type: 'ping', n: this.pings });
  }

  send(message) {
    this.effects.push({ do: 'send', text: JSON.stringify(message) });
  }

  // MARK: What the customer does

  /** Enters, but for what must be agreed to first. */
  choose(id, label, now) {
    if (this.chat && !this.chat.isOver) return;
    this.notice = null;
    this.wish = { id, label, answers: {}, refused: {} };
    this.goOn(now);
  }

  /** Nothing may be in the way any more. */
  goOn(now) {
    const { wish } = this;
    if (this.step !== null) return;
    if (wish.isInquiry) this.inquiries.leave(this, wish, now);
    else this.enter(wish.id, wish.label, now, wish.answers);
  }

  topic(id) {
    return this.topics?.find((topic) => topic.id === id);
  }

  /** What is in the way of the wish: `closed`, `consent`, `questions`, or a view of inquiries; null when nothing is. */
  get step() {
    const { wish, privacy, consent } = this;
    if (this.inquiries?.view) return this.inquiries.view;
    const topic = this.topic(wish?.id);
    if (!topic) return null;
    if (!wish.isInquiry && !takesChats(topic)) return 'closed';
    if (privacy?.consent && privacy.version !== consent) return 'consent';
    const isOpen = ({ id, required }) => required && !wish.answers[id];
    return topic.intake?.some(isOpen) ? 'questions' : null;
  }

  enter(topic, label, now, answers = {}) {
    if (this.chat && !this.chat.isOver) return;
    this.notice = this.wish = null;
    this.faq = NOTHING_SOUGHT;
    this.chat = new Conversation({ topic, label });
    this.chat.questions = this.topic(topic)?.intake ?? null;
    this.seenSent = 0;
    const message = { type: 'enter', topic };
    if (this.consent) message.consent = this.consent;
    if (Object.keys(answers).length) message.intake = answers;
    this.asks.add('enter', message);
    this.wake(now, true);
    this.pump(now);
  }

  /** The chat came to nothing, but not what was written for it. */
  abandon() {
    this.unsaid.push(...this.asks.intakes, ...this.chat.unsaved.map(({ text }) => text));
    this.asks.keepOnly('lang', ...INQUIRY);
    this.faq = NOTHING_SOUGHT;
    this.chat = null;
  }

  changeLanguage(lang, now) {
    if (lang === this.lang) return;
    this.lang = lang;
    this.notice = null;
    this.asks.add('lang', { type: 'lang', lang });
    searchAgain(this, now);
    this.refreshTopics(now);
  }

  refreshTopics(now) {
    this.topicsAt = now + TOPICS_INTERVAL;
    this.asks.drop('topics');
    this.asks.add('topics', { type: 'topics' });
    this.pump(now);
  }

  // MARK: Asking and saying, in order

  /** One message is under way at a time: a refused one cannot be overtaken by the next. */
  pump(now) {
    if (!this.isOnline || this.pausedUntil !== null) return;
    // Everything but these is about a chat that the server must know first.
    const { inquiries } = this;
    const isReady = (kind) => (
      INQUIRY.includes(kind) ? inquiries : this.chat?.id !== null || ['enter', 'topics', 'lang', 'leave', 'faq', 'faq_helped'].includes(kind));
    const due = this.asks.take(isReady);
    for (const message of due) this.send(message);
    if (due.length) this.pulse.asked(now);
    const chat = this.chat;
    if (this.inFlight !== null || !chat?.id || chat.isOver) return;
    const next = chat.nextUnsaved;
    if (!next) return;
    this.inFlight = next.id;
    this.pulse.asked(now);
    this.send({ type: 'say', id: next.id, chat: chat.id, text: next.text });
  }

  pause(milliseconds, now) {
    this.pausedUntil = now + milliseconds;
    this.inFlight = null;
    this.asks.sendAgain();
  }

  // MARK: What the server says

  /** @param {string} data one message */
  received(data, now) {
    if (this.phase !== 'greeting' && this.phase !== 'online') return;
    this.pulse.heard(now);
    this.heardTime = this.clock();
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      return;
    }
    if (this.inquiries?.heard(this, message, now)) return;
    switch (message?.type) {
      case 'welcome': this.welcomed(message, now); break;
      case 'topics': this.tookTopics(message); break;
      case 'faq': found(this, message, now); break;
      case 'ok': this.agreed(message); break;
      case 'error': refused(this, message, now); break;
      case 'bye':
        this.farewell = { code: message.code, reconnect: message.reconnect === true };
        // Closing takes both sides: nothing that comes later is for us.
        this.drop(now);
        break;
      case 'queued': case 'started': case 'message': case 'ack': case 'typing': case 'seen': case 'party': case 'delayed':
      case 'ended':
        this.heard(message, now);
        break;
    }
  }

  welcomed(message, now) {
    this.phase = 'online';
    this.connectBy = null;
    this.onlineSince = now;
    this.wasOnline = true;
    this.token = message.token ?? this.token;
    this.desk = message.desk ?? this.desk;
    if (message.text_bytes > 0) this.textBytes = message.text_bytes;
    const error = Date.parse(message.at) - this.clock();
    if (Number.isFinite(error)) this.clockError = error;
    if (!this.chat?.isOver) this.refreshTopics(now);
    this.pump(now);
  }

  tookTopics(message) {
    this.asks.answered('topics');
    this.topics = Array.isArray(message.topics) ? message.topics : [];
    this.contacts = Array.isArray(message.contacts) ? message.contacts : [];
    this.desk = message.desk ?? this.desk;
    this.privacy = message.privacy ?? null;
    this.hasFAQ = message.faq === true;
    const topic = this.topic(this.chat?.topic);
    if (topic) Object.assign(this.chat, { label: topic.label, questions: topic.intake ?? null });
    if (this.wish) this.wish.label = this.topic(this.wish.id)?.label ?? this.wish.label;
    // What was in the way is no more: the customer sees what there is, and chooses.
    if (this.wish && !this.wish.isInquiry && this.step === null) this.wish = null;
  }

  agreed(message) {
    const ask = this.asks.answered(message.for);
    if (message.for === 'rate' && this.chat) this.chat.rating = 'done';
    Object.assign(this.chat?.answers ?? {}, ask?.message.intake);
  }

  heard(message, now) {
    const isBegin = message.type === 'queued' || message.type === 'started';
    if (!this.chat || (this.chat.id !== null && message.chat !== this.chat.id)) {
      // Words of an earlier chat are none of this one's; but the same customer's other tab may have entered.
      if (!isBegin) return;
      const isGap = this.chat && !this.chat.isOver;
      if (isGap) this.abandon();
      this.chat = new Conversation({ topic: null, label: null });
      this.wish = null;
      this.chat.id = message.chat;
      this.seenSent = 0;
      // Its first words were left out: asked for were those after the other chat's.
      if (isGap) return this.drop(now);
    }
    const chat = this.chat;
    if (chat.id === null) {
      if (!isBegin) return;
      chat.id = message.chat;
      const intake = this.asks.answered('enter')?.message.intake ?? {};
      Object.assign(chat.answers, intake);
      suggest(this, intake, now);
    }
    if (['message', 'ack', 'started'].includes(message.type) && !Number.isSafeInteger(message.seq)) return;
    chat.take(message);
    // What was said was said before now.
    const error = Date.parse(message.at) - this.clock();
    if (error > this.clockError) this.clockError = error;
    if (RETRIED.has(this.notice?.code)) this.notice = null;
    if (message.type === 'ack' && message.id === this.inFlight) this.inFlight = null;
    if (message.type === 'ended') this.chatEnded();
    this.pump(now);
  }

  chatEnded() {
    this.faq = NOTHING_SOUGHT;
    this.inFlight = null;
    this.isTyping = false;
    this.typingEndsAt = null;
    this.asks.keepOnly('rate', 'lang', ...INQUIRY);
  }
}
