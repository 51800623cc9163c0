// The page's words in the customer's language. Only the language in use is fetched.

/** In the order in which they are offered; each calls itself by its own name. */
export const LANGUAGES = { ko: '한국어', en: 'English', ja: '日本語', zh: '中文' };

/** The first that we speak of these language tags, or Korean. */
export function pickLanguage(wishes) {
  for (const wish of wishes) {
    const lang = wish?.toLowerCase().split(/[-_]/)[0];
    if (lang && Object.hasOwn(LANGUAGES, lang)) return lang;
  }
  return 'ko';
}

export class Words {
  constructor(lang, table, hasTalk) {
    this.lang = lang;
    this.table = table;
    this.hasTalk = hasTalk;
    this.numbers = new Intl.NumberFormat(lang);
  }

  /** @param {boolean} hasTalk with a conversation's words @param {string} again a query, after a failure */
  static async load(lang, hasTalk, again) {
    const parts = hasTalk ? ['page', 'talk'] : ['page'];
    const modules = await Promise.all(parts.map((part) => import(`./words/${part}-${lang}.js${again}`)));
    return new Words(lang, Object.assign({}, ...modules.map((module) => module.default)), hasTalk);
  }

  /** The phrase with `{name}` replaced by `values.name`: text, never markup. */
  say(key, values) {
    return this.pieces(key, values).join('');
  }

  /** In pieces, where a value may be a node. */
  pieces(key, values = {}) {
    return this.table[key].split(/\{(\w+)\}/).map((piece, index) => (index % 2 ? values[piece] ?? '' : piece));
  }
}
