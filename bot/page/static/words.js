// The page's own texts, by language. What the bot says comes from its content and is never translated here.
import { store } from './store.js';

const books = {};

export async function loadWords(language) {
  if (!books[language]) books[language] = await (await fetch(`/static/words/${language}.json`)).json();
  document.documentElement.lang = language;
}

export function t(key, values = {}) {
  const said = books[store.ui.lang]?.[key] ?? key;
  return said.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// A word for a name of the machinery, or the name itself where there is none.
export const word = (kind, name) => books[store.ui.lang]?.[`${kind}.${name}`] ?? name;
