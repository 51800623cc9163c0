// The element `<sangdam-chat>`: header, topics and the state of the connection. What a conversation needs is fetched once
// there is one, or somebody reaches for a topic, so that the first load stays small.

import { chosenLanguage, Shell } from './shell.js';
import { LANGUAGES, pickLanguage, Words } from './words.js';
import { el, icon, translate, write } from './view/dom.js';
import { TopicsView } from './view/topics.js';

const query = new URLSearchParams(location.search);
const isEmbedded = query.has('embed') && window.parent !== window;
/** A connection that comes back within this was never worth a word. */
const PATIENCE_MILLISECONDS = 1000;
/** Topics are asked for again only as long as somebody seems to be there. */
const ATTENTION_MILLISECONDS = 5 * 60_000;
const RETRY_MILLISECONDS = 2000;

/** To the page that has us in a frame. Nothing in it is secret: a wish to close, or a number. */
function tellHost(message) {
  if (isEmbedded) window.parent.postMessage({ sangdam: message }, '*');
}

class SangdamChat extends HTMLElement {
  async connectedCallback() {
    const lang = pickLanguage([query.get('lang'), chosenLanguage.get(), ...navigator.languages]);
    // The socket need not wait for the words.
    this.shell = new Shell({ lang, onchange: () => this.schedule() });
    this.shell.start();
    const words = await Words.load(lang, false);
    this.build(lang);
    this.listen();
    this.words = words;
    this.render();
  }

  get link() {
    return this.shell.link;
  }

  build(lang) {
    this.topics = new TopicsView({
      wished: query.get('topic'), onreach: () => this.loadTalk(),
      onenter: ({ id, label }) => this.shell.do((link, now) => link.enter(id, label, now)),
    });
    this.name = el('h1');
    this.languages = el(
      'select', { 'data-label': 'language', onchange: () => this.changeLanguage(this.languages.value) },
      ...Object.entries(LANGUAGES).map(([value, name]) => el('option', { value, lang: value }, name)));
    this.languages.value = lang;
    this.bannerText = el('span', { role: 'status' });
    this.bannerButton = el('button.link', { type: 'button', onclick: () => this.answerBanner() });
    this.banner = el('div.banner', { hidden: true }, this.bannerText, this.bannerButton);
    this.main = el('main', {}, this.topics.element);
    const header = el('header', {}, el('span.mark', { 'aria-hidden': 'true' }), this.name, this.languages);
    if (isEmbedded) {
      header.append(el(
        'button.quiet.close', { type: 'button', 'data-label': 'closePage', onclick: () => tellHost('close') },
        icon('m6 6 12 12M18 6 6 18')));
    }
    this.replaceChildren(header, this.banner, this.main);
  }

  /** Fetches the conversation's part of the page, once; tries again when the network fails. */
  async loadTalk() {
    if (this.isTalkWanted) return;
    this.isTalkWanted = true;
    let talk;
    try {
      const { Talk } = await import('./talk.js');
      talk = await Talk.load({ shell: this.shell, desk: () => this.desk, isVisible: () => this.isVisible, tellHost });
      this.words = await Words.load(this.languages.value, true);
    } catch {
      this.isTalkWanted = false;
      setTimeout(() => this.schedule(), RETRY_MILLISECONDS);
      return;
    }
    this.talk = talk;
    this.main.append(...talk.elements);
    this.shownLang = null;
    this.schedule();
  }

  listen() {
    this.lastAttention = performance.now();
    for (const kind of ['pointerdown', 'keydown', 'focusin']) addEventListener(kind, () => this.attend(), { passive: true });
    document.addEventListener('visibilitychange', () => {
      this.attend();
      this.schedule();
    });
    addEventListener('message', ({ source, data }) => {
      if (!isEmbedded || source !== window.parent || typeof data?.sangdam?.open !== 'boolean') return;
      this.isClosedInHost = !data.sangdam.open;
      this.attend();
      this.schedule();
    });
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !this.querySelector('dialog[open]') && !event.isComposing) tellHost('close');
    });
    // A soft keyboard that covers the page instead of shrinking it (iOS).
    visualViewport?.addEventListener('resize', () => {
      document.documentElement.style.setProperty('--height', `${visualViewport.height}px`);
      this.schedule();
    });
  }

  get isVisible() {
    return document.visibilityState === 'visible' && !this.isClosedInHost;
  }

  /** Somebody is there: a connection that rests is taken up again, and the topics stay fresh. */
  attend() {
    const { isVisible } = this;
    if (isVisible) this.lastAttention = performance.now();
    if (isVisible === this.link.isWatched && this.link.phase !== 'stopped') return;
    this.shell.do((link, now) => {
      link.isWatched = isVisible;
      if (isVisible) link.wake(now);
    });
  }

  async changeLanguage(lang) {
    chosenLanguage.set(lang);
    this.words = await Words.load(lang, this.isTalkWanted);
    this.shell.do((link, now) => link.changeLanguage(lang, now));
  }

  get desk() {
    return this.link.desk ?? this.words.say('desk');
  }

  /** Renders once after everything that happens at the same time. */
  schedule() {
    if (this.isScheduled || !this.words) return;
    this.isScheduled = true;
    queueMicrotask(() => {
      this.isScheduled = false;
      if (this.isConnected) this.render();
    });
  }

  render() {
    const { link, words, talk } = this;
    if (performance.now() - this.lastAttention > ATTENTION_MILLISECONDS) link.isWatched = false;
    if (this.shownLang !== words.lang) {
      this.shownLang = words.lang;
      document.documentElement.lang = words.lang;
      translate(this, words);
    }
    write(this.name, this.desk);
    document.title = this.desk;
    const before = this.dataset.view;
    const view = !link.chat ? 'topics' : talk ? (link.chat.isOver ? 'ended' : 'talk') : 'loading';
    if (view === 'loading') this.loadTalk();
    this.dataset.view = view;
    this.topics.element.hidden = view !== 'topics' && view !== 'loading';
    this.topics.render(link, words);
    talk?.render(link, words);
    this.renderBanner();
    if (view === before || before === undefined) return;
    if (view === 'topics') this.topics.heading.focus();
    else talk?.takeFocus(view);
  }

  // MARK: The connection's state

  renderBanner() {
    const { link } = this;
    const [text, button] = this.bannerWords(link);
    const isLost = ['waiting', 'connecting', 'greeting'].includes(link.phase);
    if (!isLost) {
      this.lostSince = undefined;
    } else if (this.lostSince === undefined) {
      this.lostSince = performance.now();
      setTimeout(() => this.schedule(), PATIENCE_MILLISECONDS + 10);
    }
    const isPatient = isLost && performance.now() - this.lostSince < PATIENCE_MILLISECONDS;
    this.banner.hidden = !text || isPatient;
    write(this.bannerText, this.banner.hidden ? '' : text);
    this.bannerButton.hidden = !button;
    if (button) write(this.bannerButton, this.words.say(button));
  }

  /** @returns {[string, string?]} the text, and the key of what the button says */
  bannerWords({ phase, stopCode, chat, notice, isPaced, onlineSince, failures }) {
    const say = (key) => this.words.say(key);
    if (phase === 'stopped') {
      if (stopCode === 'replaced') return [say('pausedReplaced'), 'continueHere'];
      if (stopCode === 'left' || chat?.isOver) return [''];
      return [say(stopCode === 'idle' ? 'pausedIdle' : 'pausedOther'), 'reconnect'];
    }
    if (onlineSince === null) {
      if (chat?.isOver || failures === 0) return [''];
      return [say('reconnecting'), phase === 'waiting' ? 'reconnectNow' : undefined];
    }
    if (isPaced && chat?.nextUnsaved) return [say('paced')];
    const known = { storage_full: 'storageFull', busy: 'busy', draining: 'draining' }[notice?.code];
    if (known) return [say(known)];
    return notice?.message ? [notice.message, 'close'] : [''];
  }

  answerBanner() {
    this.shell.do((link, now) => {
      link.dismissNotice();
      link.wake(now, true);
    });
  }
}

customElements.define('sangdam-chat', SangdamChat);
