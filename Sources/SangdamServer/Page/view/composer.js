// Where the customer writes. Enter sends, Shift+Enter breaks the line.
//
// Sending happens on `beforeinput`'s `insertLineBreak`, not on keydown: a Korean input method first commits the syllable
// and then breaks the line, so that one Enter sends all of it, once; Japanese and Chinese ones use Enter to commit only,
// and break no line. `beforeinput` does not know Shift, so keydown remembers it; but only of a keyboard that has shown a
// Shift key: a telephone's says Shift while it is about to write a capital letter.

import { isEmpty } from '../reading.js';
import { el, icon, translate, write } from './dom.js';
import { byteCount, draft, fit } from './writing.js';

/** From this part of what is allowed on, the bytes are counted before one's eyes. */
const NEAR = 0.8;

export class ComposerView {
  /** @param {{onsay: (text: string) => void, ontyping: (hasText: boolean) => void}} options */
  constructor({ onsay, ontyping }) {
    this.onsay = onsay;
    this.ontyping = ontyping;
    this.limit = 0;
    this.hasShiftKey = false;
    this.isShiftDown = false;
    this.sendsAfterComposition = false;
    this.field = el('textarea', {
      id: 'message', rows: 1, enterKeyHint: 'send', 'data-hint': 'messagePlaceholder', 'aria-describedby': 'send-hint bytes',
      onkeydown: ({ key, shiftKey }) => {
        this.hasShiftKey ||= key === 'Shift';
        this.isShiftDown = shiftKey && this.hasShiftKey;
      },
      onbeforeinput: (event) => this.beforeInput(event),
      oncompositionend: () => {
        if (!this.sendsAfterComposition) return;
        this.sendsAfterComposition = false;
        // The field has its last syllable only after this event.
        setTimeout(() => this.submit());
      },
      oninput: () => this.changed(),
    });
    this.counter = el('span.bytes', { id: 'bytes', hidden: true });
    this.status = el('span.hidden', { role: 'status' });
    this.button = el(
      'button.send', { type: 'submit', 'data-label': 'send' }, icon('M4 12 20 4l-4 16-4.5-6.5zM20 4l-8.5 9.5'));
    this.element = el(
      'form.composer', {
        hidden: true,
        onsubmit: (event) => {
          event.preventDefault();
          this.submit();
        },
      },
      el('label.hidden', { htmlFor: 'message', 'data-say': 'message' }), this.field, this.button,
      el('p.foot', {}, el('span', { id: 'send-hint', 'data-say': 'sendHint' }), this.counter, this.status));
    this.field.value = draft.get('message');
  }

  beforeInput(event) {
    if (event.inputType !== 'insertLineBreak' && event.inputType !== 'insertParagraph') return;
    if (this.isShiftDown) return;
    event.preventDefault();
    if (event.isComposing) this.sendsAfterComposition = true;
    else this.submit();
  }

  submit() {
    const text = fit(this.field.value);
    if (!text || byteCount(text) > this.limit) return;
    // An empty field disables the button, which cannot keep the focus; on a telephone the keyboard would go with it.
    this.field.focus();
    this.put('');
    this.onsay(text);
  }

  /** Puts unsent words back, before what has been typed since. */
  putBack(text) {
    this.put(isEmpty(this.field.value) ? text : `${text}\n${this.field.value}`);
  }

  put(text) {
    this.field.value = text;
    this.changed();
  }

  changed() {
    const text = this.field.value;
    draft.set('message', text);
    const isNothing = isEmpty(text);
    const bytes = byteCount(text.trim());
    const isTooLong = bytes > this.limit;
    this.counter.hidden = bytes < this.limit * NEAR;
    this.counter.classList.toggle('is-over', isTooLong);
    this.field.setAttribute('aria-invalid', String(isTooLong));
    if (this.words) {
      const { numbers } = this.words;
      const values = { n: numbers.format(bytes), limit: numbers.format(this.limit) };
      write(this.counter, this.counter.hidden ? '' : this.words.say('bytes', values));
      write(this.status, isTooLong ? this.words.say('tooLong') : '');
    }
    this.button.disabled = isNothing || isTooLong;
    this.grow();
    this.ontyping(!isNothing);
  }

  /** As high as its words, up to what the style sheet allows. Where `field-sizing` is known, nothing needs doing. */
  grow() {
    if (CSS.supports('field-sizing', 'content')) return;
    this.field.style.height = 'auto';
    this.field.style.height = `${this.field.scrollHeight}px`;
  }

  render(link, words) {
    const isNew = this.words !== words || this.limit !== link.textBytes;
    this.words = words;
    this.limit = link.textBytes;
    this.element.hidden = !link.chat || link.chat.isOver;
    if (!isNew) return;
    translate(this.element, words);
    this.changed();
  }
}
