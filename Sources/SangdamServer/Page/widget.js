// The button for other people's pages:
//
//   <script async src="https://HOST/widget.js" data-lang="ko" data-topic="refund" data-position="left"></script>
//
// All three attributes are optional. It puts a button into a corner and the chat page into a frame, nothing else: no
// cookie, no request before somebody presses it. That somebody did is noted in this tab's `sessionStorage`: the host's
// next page then loads the frame by itself, out of sight, so that a chat outlives a followed link. (A frame of another
// site may be forbidden to keep anything, as in some browsers' private windows; one of the same site may always.)
//
// Everything is in a closed shadow tree with a style sheet of its own, so that neither page's styles reach the other, also
// where the host's policy forbids inline styles. The host's policy needs our origin in `script-src` and `frame-src`; ours
// needs the host's in `frame-ancestors`.

(() => {
  const script = document.currentScript;
  if (!script || customElements.get('sangdam-widget')) return;
  const home = new URL('.', script.src);
  const { lang: wishedLanguage, topic, position } = script.dataset;

  const WORDS = {
    ko: {
      open: '채팅 상담', close: '상담 창 닫기', title: '채팅 상담', unread: '새 메시지 {n}개', elsewhere: '새 창에서 상담하기',
    },
    en: {
      open: 'Chat with us', close: 'Close the chat', title: 'Chat', unread: '{n} new messages',
      elsewhere: 'Chat in a new window',
    },
    ja: {
      open: 'チャットで相談', close: '相談を閉じる', title: 'チャット相談', unread: '新しいメッセージ {n}件',
      elsewhere: '新しいウィンドウで相談する',
    },
    zh: { open: '在线咨询', close: '关闭咨询', title: '在线咨询', unread: '{n} 条新消息', elsewhere: '在新窗口中咨询' },
  };
  const wishes = [wishedLanguage, document.documentElement.lang, ...navigator.languages];
  const lang = wishes.map((wish) => wish?.toLowerCase().split('-')[0]).find((wish) => Object.hasOwn(WORDS, wish)) ?? 'ko';
  const words = WORDS[lang];

  /** A frame that says nothing for so long shows nothing: the server is away, or does not allow the host to frame it. */
  const SILENCE_MILLISECONDS = 5_000;
  /** The page speaks before it has loaded, a browser's own page about a failure never. */
  const LOADED_SILENCE_MILLISECONDS = 1_000;

  const OPENED = 'sangdam.opened';
  /** Storage may be forbidden: then a chat waits for the next press. */
  const wasOpened = {
    get() {
      try {
        return sessionStorage.getItem(OPENED) !== null;
      } catch {
        return false;
      }
    },
    set() {
      try {
        sessionStorage.setItem(OPENED, '1');
      } catch {
        // Nothing is kept over a followed link then.
      }
    },
  };

  const CSS = `
    :host { all: initial; --accent: #1c5fd0; --accent-ink: #fff; }
    * { box-sizing: border-box; }
    button { position: fixed; z-index: 2147483000; bottom: calc(20px + env(safe-area-inset-bottom)); display: flex;
      align-items: center; gap: 10px; min-height: 56px; padding: 0 22px 0 18px; border: 0; border-radius: 28px;
      background: var(--accent); color: var(--accent-ink); font: 600 16px/1 -apple-system, Pretendard, 'Apple SD Gothic Neo', 'Noto Sans KR',
      'Noto Sans CJK KR', 'Malgun Gothic', system-ui, sans-serif; cursor: pointer; box-shadow: 0 6px 24px rgb(16 40 90 / 30%); }
    button:hover, .elsewhere:hover { background: color-mix(in srgb, var(--accent) 85%, #000); }
    button:focus-visible { outline: 3px solid var(--accent-ink); outline-offset: -5px; box-shadow: 0 0 0 3px var(--accent); }
    .right { right: calc(20px + env(safe-area-inset-right)); }
    .left { left: calc(20px + env(safe-area-inset-left)); }
    svg { width: 24px; height: 24px; fill: none; stroke: currentcolor; stroke-width: 2; stroke-linecap: round;
      stroke-linejoin: round; }
    .count { position: absolute; top: -6px; right: -4px; min-width: 24px; height: 24px; padding: 0 7px; border-radius: 12px;
      background: #c22a2a; color: #fff; font-size: 13px; line-height: 24px; text-align: center; }
    .counted { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    .panel { position: fixed; z-index: 2147483001; bottom: calc(88px + env(safe-area-inset-bottom)); width: 400px;
      height: min(680px, calc(100dvh - 110px)); border-radius: 20px; overflow: hidden; background: Canvas;
      box-shadow: 0 16px 60px rgb(16 30 60 / 28%); }
    iframe { display: block; width: 100%; height: 100%; border: 0; color-scheme: light dark; }
    .elsewhere { display: none; width: fit-content; margin: auto; padding: 18px 22px; border-radius: 28px; background: var(--accent);
      color: var(--accent-ink); font: 600 16px/1.3 -apple-system, Pretendard, 'Apple SD Gothic Neo', 'Noto Sans KR', 'Noto Sans CJK KR',
      'Malgun Gothic', system-ui, sans-serif; text-decoration: none; }
    .elsewhere:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
    /* The frame goes on loading out of sight. */
    .is-silent { display: flex; }
    .is-silent iframe { position: absolute; visibility: hidden; }
    .is-silent .elsewhere { display: block; }
    [hidden] { display: none; }
    @media (max-width: 480px) {
      .panel { right: 12px; left: 12px; width: auto; }
      /* Over the button only when the page in the frame is there to be closed. */
      .panel.is-alive { inset: 0; height: 100dvh; border-radius: 0; }
    }
    @media print { :host { display: none; } }`;

  const SVG = 'http://www.w3.org/2000/svg';
  function icon(path) {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    const line = document.createElementNS(SVG, 'path');
    line.setAttribute('d', path);
    svg.append(line);
    return svg;
  }

  /** Nothing can be dropped here. */
  function refuse(event) {
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
  }

  class SangdamWidget extends HTMLElement {
    connectedCallback() {
      if (this.root) return;
      this.root = this.attachShadow({ mode: 'closed' });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS);
      this.root.adoptedStyleSheets = [sheet];
      const side = position === 'left' ? 'left' : 'right';

      this.button = document.createElement('button');
      this.button.type = 'button';
      this.button.className = side;
      this.button.lang = lang;
      this.button.setAttribute('aria-expanded', 'false');
      this.button.setAttribute('aria-controls', 'panel');
      this.label = document.createElement('span');
      this.label.textContent = words.open;
      this.count = document.createElement('span');
      this.count.className = 'count';
      this.count.hidden = true;
      this.count.setAttribute('aria-hidden', 'true');
      // The same for those who only hear it.
      this.counted = document.createElement('span');
      this.counted.className = 'counted';
      this.button.append(
        icon('M12 4c-5 0-9 3.2-9 7.2 0 2.3 1.3 4.4 3.4 5.7-.1 1.3-.6 2.5-1.4 3.5 1.9-.2 3.6-.9 4.9-2 .7.1 1.4.2 2.1.2 5 0 9-3.3 9-7.4S17 4 12 4z'),
        this.label, this.count, this.counted);
      this.button.addEventListener('click', () => (this.panel.hidden ? this.open() : this.close()));

      this.panel = document.createElement('div');
      this.panel.id = 'panel';
      this.panel.className = `panel ${side}`;
      this.panel.lang = lang;
      this.panel.hidden = true;
      this.panel.setAttribute('role', 'dialog');
      this.panel.setAttribute('aria-label', words.title);
      this.elsewhere = document.createElement('a');
      this.elsewhere.className = 'elsewhere';
      this.elsewhere.href = this.address();
      this.elsewhere.target = '_blank';
      this.elsewhere.rel = 'noopener';
      this.elsewhere.textContent = words.elsewhere;
      this.panel.append(this.elsewhere);
      this.root.append(this.button, this.panel);
      this.root.addEventListener('keydown', (event) => {
        if (event.key === 'Escape' && !this.panel.hidden) this.close();
      });
      for (const kind of ['dragover', 'drop']) {
        this.root.addEventListener(kind, refuse);
        // The host's own listeners come first, also those that are younger: so ours is put behind them each time.
        const last = (event) => this.keepHost(event);
        addEventListener(kind, () => {
          removeEventListener(kind, last);
          addEventListener(kind, last);
        }, { capture: true });
      }
      addEventListener('message', (event) => this.hear(event));
      if (wasOpened.get()) this.load();
    }

    /** A file that misses the frame would replace the host's page, and the chat with it, unless the host takes it. */
    keepHost(event) {
      if (this.panel.hidden || event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
      // Fields take files by themselves.
      const [target] = event.composedPath();
      if (!target.closest?.('input, textarea') && !target.isContentEditable) refuse(event);
    }

    /** The chat page's, as the host wishes it. */
    address() {
      const url = new URL(home);
      if (wishedLanguage) url.searchParams.set('lang', wishedLanguage);
      if (topic) url.searchParams.set('topic', topic);
      return url;
    }

    /** Puts the chat page into the frame; once, unless it did not come. */
    load() {
      if (this.frame && !this.hasFailed) return;
      this.frame?.remove();
      const url = this.address();
      url.searchParams.set('embed', '1');
      const frame = document.createElement('iframe');
      frame.title = words.title;
      frame.allow = 'clipboard-write';
      frame.src = url;
      // A browser's own page about a failure loads too, but says nothing.
      this.hasFailed = this.isAlive = false;
      frame.addEventListener('load', () => {
        this.hasFailed = !this.isAlive;
        this.listen(LOADED_SILENCE_MILLISECONDS);
        this.tell();
      });
      this.frame = frame;
      this.panel.append(frame);
      this.listen(SILENCE_MILLISECONDS);
    }

    /** If nothing is heard of the frame, there is another way. */
    listen(milliseconds) {
      clearTimeout(this.timer);
      if (!this.isAlive) this.timer = setTimeout(() => this.showSilence(true), milliseconds);
    }

    showSilence(isSilent) {
      const hadFocus = this.panel.contains(this.root.activeElement);
      this.panel.classList.toggle('is-silent', isSilent);
      if (hadFocus) this.focusPanel();
    }

    focusPanel() {
      (this.panel.classList.contains('is-silent') ? this.elsewhere : this.frame).focus();
    }

    open() {
      wasOpened.set();
      this.load();
      this.panel.hidden = false;
      this.expand(true);
      this.focusPanel();
    }

    /** The frame stays, and the chat in it. */
    close() {
      this.panel.hidden = true;
      this.expand(false);
      this.button.focus();
    }

    expand(isOpen) {
      this.button.setAttribute('aria-expanded', String(isOpen));
      this.label.textContent = isOpen ? words.close : words.open;
      this.tell();
    }

    /** A frame that nobody sees believes itself visible, and would tell the agent that words were seen. */
    tell() {
      if (this.isAlive) this.frame.contentWindow.postMessage({ sangdam: { open: !this.panel.hidden } }, home.origin);
    }

    /** Only our own frame has a say, and only that it is there and about these two things. */
    hear({ origin, source, data }) {
      if (origin !== home.origin || source !== this.frame?.contentWindow) return;
      if (!this.isAlive) {
        this.isAlive = true;
        this.hasFailed = false;
        clearTimeout(this.timer);
        this.panel.classList.add('is-alive');
        this.showSilence(false);
        this.tell();
      }
      if (data?.sangdam === 'close') this.close();
      const unread = data?.sangdam?.unread;
      if (!Number.isSafeInteger(unread)) return;
      this.count.hidden = unread <= 0;
      this.count.textContent = unread > 99 ? '99+' : String(unread);
      this.counted.textContent = unread > 0 ? words.unread.replace('{n}', this.count.textContent) : '';
    }
  }

  customElements.define('sangdam-widget', SangdamWidget);
  const put = () => document.body.append(document.createElement('sangdam-widget'));
  if (document.body) put();
  else addEventListener('DOMContentLoaded', put);
})();
