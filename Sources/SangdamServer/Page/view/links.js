// Web addresses in somebody's words become links. The words stay text: nodes are made, never markup.

import { el } from './dom.js';

/** ASCII alone: in "https://a.kr에서" and "https://a.jp。" the address ends where other writing begins. */
const ADDRESS = /\bhttps?:\/\/[!-~]+/gi;
/** What a sentence puts behind an address, and quotation marks around it. */
const BEHIND = '.,;:!?\'*_~]}';

/** The address without what belongs to the sentence; a bracket that was opened in the address belongs to the address. */
function bare(address) {
  // Nobody's address goes on behind one of these.
  let rest = address.split(/["<>`]/, 1)[0];
  let surplus = rest.split(')').length - rest.split('(').length;
  for (;;) {
    if (rest.endsWith(')') && surplus > 0) surplus -= 1;
    else if (!BEHIND.includes(rest.at(-1))) return rest;
    rest = rest.slice(0, -1);
  }
}

/** Only where it leads where it says: "https://bank.kr@evil.kr" leads elsewhere. */
function destination(address) {
  try {
    const url = new URL(address);
    return ['http:', 'https:'].includes(url.protocol) && !url.username && !url.password ? url : null;
  } catch {
    return null;
  }
}

/** @returns {(string|Node)[]} the text in its order, its addresses as links */
export function linked(text) {
  const parts = [];
  let end = 0;
  for (const { 0: match, index } of text.matchAll(ADDRESS)) {
    const address = bare(match);
    const url = destination(address);
    if (!url) continue;
    parts.push(text.slice(end, index), el('a', {
      href: url.href, target: '_blank', rel: 'noopener noreferrer nofollow',
    }, address));
    end = index + address.length;
  }
  return [...parts, text.slice(end)];
}
