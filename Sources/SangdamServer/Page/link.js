// The customer's side of the protocol as a state machine: events and the time come in, effects go out. It touches no
// socket, no clock, no storage and no element, so that its tests are tables; `shell.js` carries the effects out.
//
// Promises kept here: words are shown in `seq` order, each once; what was not acknowledged is said again with the same
// id, one at a time and in order; nothing that was typed is dropped without being shown as unsent.

import { Asks } from './asks.js';
import { Conversation } from './conversation.js';

/** @typedef {{do: 'connect'} | {do: 'close'} | {do: 'send', text: string}} Effect */

const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;
/** A connection that lasted so long begins the back-off anew. */
const STEADY = 10_000;
const CONNECT_LIMIT = 10_000;
const QUIET_BEFORE_PING = 25_000;
const PONG_LIMIT = 10_000;
/** A timer that comes so late was asleep: the silence was ours, not the server's. */
const SLEEP = 5_000;
const TYPING_PAUSE = 4_000;
const TOPICS_INTERVAL = 15_000;
/** When the server cannot take something just now and does not say for how long. */
const BUSY_DELAY = 5_000;
const RETRIED = new Set(['storage_full', 'busy', 'draining']);
/** Other refusals tell programmers something, not customers. */
const FOR_PEOPLE = new Set([...RETRIED, 'unknown_topic', 'queue_full', 'too_long', 'chat_not_active', 'no_chat']);

export class Link {
  /**
   * @param {object} options
   * @param {string} options.lang
   * @param {object|null} [options.saved] what `snapshot()` gave before a reload
   * @param {() => number} [options.random]
   * @param {() => string} [options.makeID] an id that no other tab with the same token makes
   */
  constructor({ lang, saved = null, random = Math.random, makeID }) {
    this.lang = lang;
    this.random = random;
    this.makeID = makeID;
    /** @type {'off'|'connecting'|'greeting'|'online'|'waiting'|'stopped'} */
    this.phase = 'off';
    /** Why it stopped: the `code` of a `bye` that asks nobody back. */
    this.stopCode = null;
    this.topics = null;
    this.contacts = [];
    this.desk = null;
    /** The last refusal that the customer should read: `{code, message}`. */
    this.notice = null;
    /** True while the server asks us to slow down. */
    this.isPaced = false;
    /** Whether somebody looks at the topics; then they are asked for again and again. */
    this.isWatched = true;
    this.token = saved?.token ?? null;
    /** @type {Conversation|null} */
    this.chat = saved?.chat ? Conversation.restore(saved.chat) : null;

    /** @type {Effect[]} */
    this.effects = [];
    this.asks = new Asks(saved?.asks);
    this.failures = 0;
    this.farewell = null;
    this.inFlight = null;
    this.pausedUntil = null;
    this.retryAt = null;
    this.connectBy = null;
    this.onlineSince = null;
    this.lastHeard = 0;
    this.pingSentAt = null;
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

  /** What a reload needs. The words themselves come back from the server; only the unsaved ones are kept here. */
  snapshot() {
    if (!this.chat) return null;
    const { token, asks } = this;
    return { token, chat: this.chat.snapshot(), asks: asks.snapshot() };
  }

  get isOnline() {
    return this.phase === 'online';
  }

  /** When `tick` has something to do; null when only an event can change anything. */
  get deadline() {
    const times = [this.connectBy, this.retryAt, this.pausedUntil, this.typingEndsAt];
    if (this.isOnline) {
      times.push(this.pingSentAt === null ? this.lastHeard + QUIET_BEFORE_PING : this.pingSentAt + PONG_LIMIT);
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
    this.lastHeard = now;
    this.hello();
  }

  hello() {
    const hello = { type: 'hello', role: 'customer', lang: this.lang };
    if (this.token && this.chat) Object.assign(hello, { resume: this.token, after: this.chat.lastSeq });
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
    this.pingSentAt = null;
    this.pausedUntil = null;
    this.isPaced = false;
    this.isTyping = false;
    this.typingEndsAt = null;
    this.topicsAt = null;
    this.asks.sendAgain();
    if (this.chat) this.chat.isOtherTyping = false;
  }

  /** Doubling, and each time anywhere in the upper half, so that a restart does not bring everybody back at once. */
  backOff() {
    const longest = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** Math.min(this.failures, 6));
    this.failures += 1;
    return longest * (0.5 + this.random() / 2);
  }

  drop(now) {
    this.effects.push({ do: 'close' });
    this.closed(now);
  }

  /** The network or the person is back: no more waiting. `isAsked` is a person's own wish. */
  wake(now, isAsked = false) {
    const mayReturn = isAsked || this.stopCode === 'idle';
    if (this.phase === 'waiting' || (this.phase === 'stopped' && mayReturn)) {
      this.connect(now);
    } else if (this.isOnline && this.pingSentAt === null && now - this.lastHeard > SLEEP) {
      this.ping(now);
    }
  }

  tick(now) {
    const slept = this.deadline !== null && now - this.deadline > SLEEP;
    if (slept && this.isOnline) {
      this.lastHeard = now;
      this.pingSentAt = null;
      this.ping(now);
    }
    if (this.connectBy !== null && this.connectBy <= now) this.drop(now);
    if (this.phase === 'waiting' && this.retryAt <= now) this.connect(now);
    if (this.isOnline) this.keepAlive(now);
    if (this.typingEndsAt !== null && this.typingEndsAt <= now) this.typed(false, now);
    if (this.pausedUntil !== null && this.pausedUntil <= now) {
      this.pausedUntil = null;
      this.isPaced = false;
      this.pump();
    }
    if (this.isOnline && !this.chat && this.isWatched && this.topicsAt !== null && this.topicsAt <= now) {
      this.refreshTopics(now);
    }
  }

  keepAlive(now) {
    if (this.pingSentAt === null) {
      if (now - this.lastHeard >= QUIET_BEFORE_PING) this.ping(now);
    } else if (now - this.pingSentAt >= PONG_LIMIT) {
      this.drop(now);
    }
  }

  ping(now) {
    this.pingSentAt = now;
    this.pings += 1;
    this.send({ type: 'ping', n: this.pings });
  }

  send(message) {
    this.effects.push({ do: 'send', text: JSON.stringify(message) });
  }

  // MARK: What the customer does

  enter(topic, label, now) {
    if (this.chat && !this.chat.isOver) return;
    this.notice = null;
    this.chat = new Conversation({ topic, label });
    this.seenSent = 0;
    this.asks.add('enter', { type: 'enter', topic });
    this.wake(now, true);
    this.pump();
  }

  say(text, at) {
    this.chat.say(this.makeID(), text, at);
    // Words end the typing, also for the server.
    this.isTyping = false;
    this.typingEndsAt = null;
    this.pump();
  }

  /** Takes an unsent message out of the conversation and gives its text back, to be written anew. */
  takeBack(id) {
    return this.chat?.takeBack(id) ?? '';
  }

  typed(hasText, now) {
    const mayTell = this.isOnline && this.chat?.phase === 'active';
    this.typingEndsAt = hasText && mayTell ? now + TYPING_PAUSE : null;
    if (hasText === this.isTyping || (hasText && !mayTell)) return;
    this.isTyping = hasText;
    if (mayTell) this.send({ type: 'typing', on: hasText });
  }

  /** Whether there are words that the agent does not know to be seen. */
  get hasUnseen() {
    return this.isOnline && this.chat?.phase === 'active' && this.chat.lastOtherSeq > this.seenSent;
  }

  /** All words are in front of the customer's eyes. */
  sawAll() {
    if (!this.hasUnseen) return;
    this.seenSent = this.chat.lastOtherSeq;
    this.send({ type: 'seen', seq: this.seenSent });
  }

  tell(intake) {
    this.chat.intakeStep += 1;
    this.asks.add('intake', { type: 'intake', intake });
    this.pump();
  }

  skipIntake(isAll) {
    this.chat.intakeStep = isAll ? Infinity : this.chat.intakeStep + 1;
  }

  leave() {
    const chat = this.chat;
    if (!chat || chat.isOver) return;
    const isUnheard = this.asks.isUnheard('enter');
    this.asks.keepOnly('lang');
    if (isUnheard) {
      this.chat = null;
      return;
    }
    this.asks.add('leave', { type: 'leave' });
    this.pump();
  }

  rate(score, comment, now) {
    const message = { type: 'rate', score };
    if (comment) message.comment = comment;
    this.chat.rating = 'sending';
    this.asks.add('rate', message);
    this.wake(now, true);
    this.pump();
  }

  /** Away from an ended chat, back to the topics. */
  startAnew(now) {
    this.chat = null;
    this.asks = new Asks();
    this.notice = null;
    this.wake(now, true);
    this.refreshTopics(now);
  }

  changeLanguage(lang, now) {
    if (lang === this.lang) return;
    this.lang = lang;
    this.notice = null;
    this.asks.add('lang', { type: 'lang', lang });
    this.refreshTopics(now);
  }

  dismissNotice() {
    this.notice = null;
  }

  refreshTopics(now) {
    this.topicsAt = now + TOPICS_INTERVAL;
    this.asks.drop('topics');
    this.asks.add('topics', { type: 'topics' });
    this.pump();
  }

  // MARK: Asking and saying, in order

  /** Sends what may be sent. One message is under way at a time: a refused one cannot be overtaken by the next. */
  pump() {
    if (!this.isOnline || this.pausedUntil !== null) return;
    // Everything but these is about a chat that the server must know first.
    const isReady = (kind) => this.chat?.id !== null || ['enter', 'topics', 'lang', 'leave'].includes(kind);
    for (const message of this.asks.take(isReady)) this.send(message);
    const chat = this.chat;
    if (this.inFlight !== null || !chat?.id || chat.isOver) return;
    const next = chat.nextUnsaved;
    if (!next) return;
    this.inFlight = next.id;
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
    this.lastHeard = now;
    this.pingSentAt = null;
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      return;
    }
    switch (message?.type) {
      case 'welcome': this.welcomed(message, now); break;
      case 'topics': this.tookTopics(message); break;
      case 'ok': this.agreed(message); break;
      case 'error': this.refused(message, now); break;
      case 'bye':
        this.farewell = { code: message.code, reconnect: message.reconnect === true };
        // Closing takes both sides: nothing that comes later is for us.
        this.drop(now);
        break;
      case 'queued': case 'started': case 'message': case 'ack': case 'typing': case 'seen': case 'party': case 'ended':
        this.heard(message);
        break;
    }
  }

  welcomed(message, now) {
    this.phase = 'online';
    this.connectBy = null;
    this.onlineSince = now;
    this.token = message.token ?? this.token;
    this.desk = message.desk ?? this.desk;
    if (!this.chat?.isOver) this.refreshTopics(now);
    this.pump();
  }

  tookTopics(message) {
    this.asks.answered('topics');
    this.topics = Array.isArray(message.topics) ? message.topics : [];
    this.contacts = Array.isArray(message.contacts) ? message.contacts : [];
    this.desk = message.desk ?? this.desk;
    const topic = this.topics.find((topic) => topic.id === this.chat?.topic);
    if (topic) this.chat.label = topic.label;
  }

  agreed(message) {
    this.asks.answered(message.for);
    if (message.for === 'rate' && this.chat) this.chat.rating = 'done';
  }

  heard(message) {
    // The same customer's other tab may have entered; words of an earlier chat are none of this one's.
    if (!this.chat || (this.chat.isOver && message.chat !== this.chat.id)) {
      if (message.type !== 'queued' && message.type !== 'started') return;
      this.chat = new Conversation({ topic: null, label: null });
    }
    const chat = this.chat;
    if (chat.id === null) {
      if (message.type !== 'queued' && message.type !== 'started') return;
      chat.id = message.chat;
      this.asks.answered('enter');
    }
    if (message.chat !== chat.id) return;
    if (['message', 'ack', 'started'].includes(message.type) && !Number.isSafeInteger(message.seq)) return;
    chat.take(message);
    if (RETRIED.has(this.notice?.code)) this.notice = null;
    if (message.type === 'ack' && message.id === this.inFlight) this.inFlight = null;
    if (message.type === 'ended') this.chatEnded();
    this.pump();
  }

  chatEnded() {
    this.inFlight = null;
    this.isTyping = false;
    this.typingEndsAt = null;
    this.asks.keepOnly('rate', 'lang');
  }

  // MARK: Refusals

  refused(error, now) {
    if (this.phase === 'greeting') return this.refusedHello(error, now);
    if (error.code === 'rate_limited') {
      this.isPaced = true;
      return this.pause(Math.max(0.2, Number(error.retry_after) || 1) * 1000, now);
    }
    if (RETRIED.has(error.code)) {
      this.notify(error);
      return this.pause(BUSY_DELAY, now);
    }
    if (error.id !== undefined) return this.refusedWords(error);
    switch (error.code) {
      case 'already_in_chat':
        // The chat came with the welcome already, or the other tab's words tell of it.
        this.asks.answered('enter');
        return;
      case 'unknown_topic': case 'queue_full':
        this.asks.answered('enter');
        if (this.chat?.id === null) this.chat = null;
        break;
      case 'nothing_to_rate':
        this.asks.answered('rate');
        if (this.chat?.rating === 'sending') this.chat.rating = 'closed';
        return;
      case 'no_chat':
        this.asks.answered('intake');
        if (this.asks.answered('leave') && this.chat?.id === null) this.chat = null;
        return;
      case 'bad_field':
        this.asks.answered(error.field === 'lang' ? 'lang' : 'intake');
        return;
    }
    this.notify(error);
  }

  notify({ code, message }) {
    if (FOR_PEOPLE.has(code)) this.notice = { code, message };
  }

  refusedWords(error) {
    if (error.id === this.inFlight) this.inFlight = null;
    this.chat?.fail(error.id);
    this.notify(error);
    this.pump();
  }

  refusedHello(error, now) {
    if (error.code !== 'unknown_token') return this.drop(now);
    // The chat is over and forgotten, or never began. A stranger may say hello again.
    this.token = null;
    const chat = this.chat;
    if (chat && chat.id !== null && !chat.isOver) {
      chat.end('unknown', null);
      this.chatEnded();
    } else if (chat && (chat.isOver ? chat.entries.length === 0 : this.asks.has('leave'))) {
      // Nothing of it is left to show, or it was given up before the server heard of it.
      this.chat = null;
      this.asks = new Asks();
    }
    if (chat?.rating === 'sending') chat.rating = 'closed';
    this.asks.drop('rate');
    this.send({ type: 'hello', role: 'customer', lang: this.lang });
  }
}
