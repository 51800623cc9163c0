// Files cannot be sent yet: whoever drops or pastes one is told so, for a while or until the next word.

import { isEmpty } from '../reading.js';
import { el, write } from './dom.js';

const SHOWN_MILLISECONDS = 10_000;

export class FilesView {
  /** @param {{onchange: () => void}} options called when it comes and goes, which moves what is above it */
  constructor({ onchange }) {
    this.onchange = onchange;
    this.isShown = false;
    // Empty, but there from the beginning, as screen readers want it of what they are to say.
    this.element = el('p.only-words', { role: 'status' });
    addEventListener('input', () => this.hide());
    addEventListener('paste', ({ clipboardData }) => {
      // What is copied in a table or a text often comes with a picture of it.
      if (clipboardData?.files.length && isEmpty(clipboardData.getData('text/plain'))) this.refuse();
    });
  }

  refuse() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.hide(), SHOWN_MILLISECONDS);
    this.isShown = true;
    this.onchange();
  }

  hide() {
    if (!this.isShown) return;
    this.isShown = false;
    this.onchange();
  }

  render(link, words) {
    write(this.element, this.isShown ? words.say('onlyWords') : '');
  }
}
