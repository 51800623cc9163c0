// What the frequent questions say to the first answer of somebody who waits.

import { el, translate, write } from './dom.js';
import { FoundQuestions } from './found.js';
import { show } from './readable.js';

export class SuggestionsView {
  /** @param {{onhelped: (isHelped: boolean) => void}} options */
  constructor({ onhelped }) {
    // Read out when it comes, which what is hidden at first is not.
    this.status = el('p.hidden', { role: 'status' });
    this.found = new FoundQuestions({ show, onhelped });
    this.card = el('section.card.suggestions', { hidden: true }, el('h2', { 'data-say': 'faqSuggested' }), this.found.element);
    this.element = el('div', { role: 'presentation' }, this.status, this.card);
  }

  render({ chat, faq }, words) {
    const results = chat?.phase === 'waiting' ? faq.results : null;
    this.card.hidden = !results?.length;
    write(this.status, this.card.hidden ? '' : words.say('faqSuggested'));
    translate(this.card, words);
    this.found.render(results, words);
  }
}
