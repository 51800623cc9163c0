// What the frequent questions say to the first answer of somebody who waits.

import { el, write } from './dom.js';
import { FoundQuestions } from './found.js';
import { show } from './readable.js';

export class SuggestionsView {
  /** @param {{onhelped: (isHelped: boolean) => void}} options */
  constructor({ onhelped }) {
    this.title = el('h2');
    this.found = new FoundQuestions({ show, onhelped });
    this.element = el('section.card.suggestions', { hidden: true }, el('div', { role: 'status' }, this.title), this.found.element);
  }

  render({ chat, faq }, words) {
    const results = chat?.phase === 'waiting' ? faq.results : null;
    this.element.hidden = !results?.length;
    write(this.title, this.element.hidden ? '' : words.say('faqSuggested'));
    this.found.render(results, words);
  }
}
