// The element `<sangdam-chat>`: header, topics and the state of the connection. What a conversation needs is fetched once
// there is one, or somebody reaches for a topic, so that the first load stays small.

import { search, tellHelped } from './faq.js';
import { chosenLanguage, Shell } from './shell.js';
import { LANGUAGES, pickLanguage, Words } from './words.js';
import { el, icon, isPlain, plainly, translate, write } from './view/dom.js';
import { TopicsView } from './view/topics.js';

const query = new URLSearchParams(location.search);
const isEmbedded = query.has('embed') && window.parent !== window;
/** A connection that comes back within this was never worth a word. */
const PATIENCE_MILLISECONDS = 1000;
/** Topics are asked for again only as long as somebody seems to be there. */
const ATTENTION_MILLISECONDS = 5 * 60_000;
/** After a failure: doubled up to the longest. */
const RETRY_MILLISECONDS = 500;
const LONGEST_RETRY_MILLISECONDS = 10_000;
/** Where no frame is painted, rendering waits for this. */
const FRAME_MILLISECONDS = 100;

/** To the page that has us in a frame: that we are there, a wish to close, or a number. Nothing secret. */
function tellHost(message) {
  if (isEmbedded) window.parent.postMessage({ sangdam: message }, '*');
}

/** Loads until it succeeds or is not wanted. The query is for browsers that remember which address failed. */
async function insist(load, isWanted = () => true) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await load(attempt ? `?${attempt}` : '');
    } catch {
      if (!isWanted()) return null;
      const delay = Math.min(RETRY_MILLISECONDS * 2 ** attempt, LONGEST_RETRY_MILLISECONDS);
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}

/** What is dropped on a page replaces it, and the chat with it: only words may, and into a field. */
function keepPage(onfile) {
  for (const kind of ['dragover', 'drop']) {
    addEventListener(kind, (event) => {
      const { dataTransfer } = event;
      if (!dataTransfer) return;
      const hasFiles = dataTransfer.types.includes('Files');
      if (!hasFiles && event.target.matches?.('textarea')) return;
      event.preventDefault();
      if (!hasFiles) dataTransfer.dropEffect = 'none';
      else if (kind === 'drop') onfile();
    });
  }
}

class SangdamChat extends HTMLElement {
  connectedCallback() {
    // Dearer than a link's or the host's wish is what was chosen in this tab.
    const { here, before } = chosenLanguage;
    const lang = pickLanguage([here(), query.get('lang'), before(), ...navigator.languages]);
    this.shell = new Shell({ lang, onchange: () => this.schedule() });
    this.build(lang);
    this.listen();
    // The way to close works, even without words.
    tellHost('ready');
    this.loadWords();
    this.shell.start();
  }

  get link() {
    return this.shell.link;
  }

  build(lang) {
    this.topics = new TopicsView({
      wished: query.get('topic'), onreach: () => this.loadTalk(), show: (node, text) => this.show(node, text),
      onsearch: (words) => this.shell.do((link, now) => search(link, words, now)),
      onhelped: (isHelped) => this.shell.do((link, now) => tellHelped(link, isHelped, now)),
      oninquiry: async (view) => {
        await this.loadTalk();
        this.shell.do((link) => link.inquiries.open(link, view));
      },
      onenter: ({ id, label }) => this.shell.do((link, now) => link.choose(id, label, now)),
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

  /** The words of the language that is wished now, with a conversation's once one is wanted. */
  loadWords() {
    const lang = this.languages.value;
    this.wish = {};
    const { wish } = this;
    const isWanted = () => wish === this.wish;
    const load = async () => {
      const words = await insist((again) => Words.load(lang, this.isTalkWanted, again), isWanted);
      // Others were wished for meanwhile.
      if (!isWanted()) return this.wordsLoad;
      this.words = words;
      this.schedule();
    };
    this.wordsLoad = load();
    return this.wordsLoad;
  }

  /** Fetches the conversation's part of the page, once. */
  loadTalk() {
    this.talkLoad ??= this.fetchTalk();
    return this.talkLoad;
  }

  async fetchTalk() {
    this.isTalkWanted = true;
    const wordsLoad = this.loadWords();
    const { Talk } = await insist((again) => import(`./talk.js${again}`));
    const options = { shell: this.shell, desk: () => this.desk, isVisible: () => this.isVisible, tellHost };
    const talk = await insist(() => Talk.load(options));
    await wordsLoad;
    this.talk = talk;
    this.main.append(...talk.elements);
    this.shownLang = null;
    this.schedule();
  }

  listen() {
    keepPage(() => this.loadTalk().then(() => this.talk.files.refuse()));
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
      // 229: Safari ends a composition before the key that ends it.
      const isComposing = event.isComposing || event.keyCode === 229;
      if (event.key === 'Escape' && !isComposing && !this.querySelector('dialog[open]')) tellHost('close');
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
    await this.loadWords();
    this.shell.do((link, now) => link.changeLanguage(this.words.lang, now));
  }

  get desk() {
    return this.link.desk ?? this.words.say('desk');
  }

  /** Renders once after everything that happens before the next frame. */
  schedule() {
    if (this.isScheduled || !this.words) return;
    this.isScheduled = true;
    const render = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      this.isScheduled = false;
      if (this.isConnected) this.render();
    };
    const frame = requestAnimationFrame(render);
    const timer = setTimeout(render, FRAME_MILLISECONDS);
  }

  render() {
    const { link, words, talk } = this;
    if (performance.now() - this.lastAttention > ATTENTION_MILLISECONDS) link.isWatched = false;
    if (this.shownLang !== words.lang) {
      this.shownLang = words.lang;
      document.documentElement.lang = words.lang;
      translate(this, words);
    }
    this.show(this.name, this.desk);
    document.title = this.name.textContent;
    const before = this.dataset.view;
    const view = this.viewOf(link);
    if (view === 'loading' || link.isLeaving) this.loadTalk();
    this.dataset.view = view;
    this.topics.element.hidden = view !== 'topics' && view !== 'loading';
    this.topics.render(link, words);
    talk?.render(link, words);
    this.renderBanner();
    if (view === before || before === undefined) return;
    this.moveFocus();
  }

  viewOf({ chat, step, inquiries }) {
    if (!chat && !step) return 'topics';
    if (!this.talk) return 'loading';
    if (!chat || inquiries.view) return step;
    return chat.isOver ? 'ended' : 'talk';
  }

  /** What others wrote. What is not read as it stands, the conversation's part shows, once it is here. */
  show(node, text) {
    if (this.talk) return this.talk.show(node, text);
    write(node, plainly(text));
    if (!isPlain(text)) this.loadTalk();
  }

  /** What had the focus is gone. */
  moveFocus() {
    const { view } = this.dataset;
    if (view === 'topics') this.topics.heading.focus();
    else if (view !== 'loading') this.talk.takeFocus(view);
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
    const hadFocus = this.banner.contains(document.activeElement);
    this.banner.hidden = !text || isPatient;
    this.show(this.bannerText, this.banner.hidden ? '' : text);
    this.bannerButton.hidden = !button;
    if (button) write(this.bannerButton, this.words.say(button));
    if (hadFocus && (this.banner.hidden || !button)) this.moveFocus();
  }

  /** @returns {[string, string?]} the text, and the key of what the button says */
  bannerWords({ phase, stopCode, chat, notice, isPaced, onlineSince, failures, wasOnline }) {
    const say = (key) => this.words.say(key);
    if (phase === 'stopped') {
      if (!this.words.hasTalk) {
        this.loadTalk();
        return [''];
      }
      if (stopCode === 'replaced') return [say('pausedReplaced'), 'continueHere'];
      if (stopCode === 'left' || chat?.isOver) return [''];
      return [say(stopCode === 'idle' ? 'pausedIdle' : 'pausedOther'), 'reconnect'];
    }
    if (onlineSince === null) {
      if (chat?.isOver || failures === 0) return [''];
      const words = this.talk?.lostPlaceWords ?? say(wasOnline ? 'reconnecting' : 'connecting');
      return [words, phase === 'waiting' ? 'reconnectNow' : undefined];
    }
    // Before there are a conversation's words, the server's do.
    if (this.words.hasTalk) {
      if (isPaced && chat?.nextUnsaved) return [say('paced')];
      const known = { storage_full: 'storageFull', busy: 'busy', draining: 'draining' }[notice?.code];
      if (known) return [say(known)];
    }
    return notice?.message ? [notice.message, 'close'] : [''];
  }

  answerBanner() {
    this.shell.do((link, now) => {
      link.notice = null;
      link.wake(now, true);
    });
  }
}

customElements.define('sangdam-chat', SangdamChat);
