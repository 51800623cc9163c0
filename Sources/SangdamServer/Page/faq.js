// Searching the frequent questions: one search is under way at a time, and the last wish counts. Pure, like the link.

/** `wanted`: the words that are sought; `asked`: those of the last search; `results`: what it found. */
export const NOTHING_SOUGHT = Object.freeze({ wanted: '', asked: null, results: null });

export function search(link, words, now) {
  if (words === link.faq.wanted) return;
  link.faq = words ? { ...link.faq, wanted: words } : NOTHING_SOUGHT;
  ask(link, now);
}

/** In another language. */
export function searchAgain(link, now) {
  if (link.faq.wanted) link.faq = { ...link.faq, asked: null };
  ask(link, now);
}

function ask(link, now) {
  const { wanted, asked } = link.faq;
  if (!wanted || wanted === asked || link.asks.find('faq')) return;
  link.faq = { ...link.faq, asked: wanted };
  link.asks.add('faq', { type: 'faq', q: wanted });
  link.pump(now);
}

export function found(link, { results }, now) {
  link.asks.answered('faq');
  const { wanted, asked } = link.faq;
  if (wanted && wanted === asked) link.faq = { ...link.faq, results: Array.isArray(results) ? results : [] };
  ask(link, now);
}

/** What a customer tells first, in words, may have its answer among them, which spares the wait. */
export function suggest(link, intake, now) {
  const { chat, hasFAQ } = link;
  const kind = (id) => chat.questions?.find((question) => question.id === id)?.kind ?? 'text';
  const words = Object.entries(intake).find(([id]) => kind(id) === 'text')?.[1];
  if (!words || !hasFAQ || chat.isSuggested) return;
  chat.isSuggested = true;
  search(link, words, now);
}

/** Whether an answer was enough. */
export function tellHelped(link, isHelped, now) {
  link.faq = NOTHING_SOUGHT;
  link.asks.add('faq_helped', { type: 'faq_helped', helped: isHelped });
  link.pump(now);
}
