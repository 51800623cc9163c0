// Frequent questions: what was found, of which one answer is open at a time, and whether it helped; and the field to
// search them with before a chat.

import { el, translate, write } from './dom.js';

/** How long somebody pauses who has written what is sought. */
const PAUSE_MILLISECONDS = 350;

export class FoundQuestions {
  /** @param {{show: Function, onhelped: (isHelped: boolean) => void}} options */
  constructor({ show, onhelped }) {
    this.show = show;
    this.actions = el(
      'div.actions', {},
      el('button.primary', { type: 'button', 'data-say': 'faqSolved', onclick: () => onhelped(true) }),
      el('button', { type: 'button', 'data-say': 'faqAsk', onclick: () => onhelped(false) }));
    this.element = el('div.found', { hidden: true });
  }

  render(results, words) {
    translate(this.actions, words);
    if (results === this.shown) return;
    this.shown = results;
    this.element.hidden = !results?.length;
    this.element.replaceChildren(...(results ?? []).map((result) => this.entry(result)));
  }

  entry({ question, answer }) {
    const [title, text] = [el('summary', { dir: 'auto' }), el('p.solution', { dir: 'auto' })];
    this.show(title, question);
    this.show(text, answer);
    const entry = el('details', { name: 'faq', ontoggle: () => entry.open && entry.append(this.actions) }, title, text);
    return entry;
  }
}

export class FAQSearch {
  /** @param {{show: Function, onsearch: (words: string) => void, onhelped: (isHelped: boolean) => void}} options */
  constructor({ show, onsearch, onhelped }) {
    this.onsearch = onsearch;
    this.field = el('input', {
      id: 'faq', type: 'search', maxLength: 200, autocomplete: 'off', enterKeyHint: 'search', 'data-hint': 'faqExample',
      oninput: () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.search(), PAUSE_MILLISECONDS);
      },
    });
    this.status = el('p.lead', { role: 'status' });
    this.found = new FoundQuestions({
      show,
      onhelped: (isHelped) => {
        this.field.value = '';
        this.wasHelped = isHelped;
        onhelped(isHelped);
        if (isHelped) this.field.focus();
      },
    });
    this.element = el(
      'form.faq', {
        hidden: true, role: 'search',
        onsubmit: (event) => {
          event.preventDefault();
          this.search();
        },
      },
      el('label', { htmlFor: 'faq', 'data-say': 'faqTitle' }), this.field, this.status, this.found.element);
  }

  search() {
    clearTimeout(this.timer);
    this.wasHelped = false;
    this.onsearch(this.field.value.trim());
  }

  /** What was sought before a chat is not sought in it. */
  forget() {
    clearTimeout(this.timer);
    this.wasHelped = false;
    this.field.value = '';
  }

  render({ chat, hasFAQ, faq: { results } }, words) {
    this.element.hidden = !hasFAQ;
    if (chat) this.forget();
    const key = this.wasHelped ? 'faqHelped' : !results ? null : results.length === 0 ? 'faqNone' : 'faqCount';
    write(this.status, key ? words.say(key, { n: results?.length }) : '');
    this.found.render(results, words);
  }
}
