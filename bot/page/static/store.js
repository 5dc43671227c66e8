// Everything the page knows: what the server told, and what the visitor has chosen. No requests here.
import { useEffect, useReducer } from './dom.js';

const kept = (name, otherwise) => {
  try { return localStorage.getItem(`zabota.${name}`) ?? otherwise; } catch { return otherwise; }
};

export const keep = (name, value) => {
  try { localStorage.setItem(`zabota.${name}`, value); } catch { /* a private window keeps nothing */ }
};

const chosenLanguage = () => {
  const asked = new URLSearchParams(location.search).get('lang') ?? kept('lang', '');
  if (asked === 'ru' || asked === 'en') return asked;
  return (navigator.language || 'ru').startsWith('ru') ? 'ru' : 'en';
};

export const store = {
  connected: false,
  told: false, // everything there is has arrived once
  scene: { groups: [], branches: [], services: [], masters: [], commands: [], more: [], quiet: [], roles: {} },
  people: { customers: [], staff: [], all: {} },
  clock: { pushed_ms: 0, pushing: false, next: null },
  process: { state: 'starting', pending: 0, last_words: [] },
  faults: { on: [] },
  content: { state: 'same', problems: [], count: 0 },
  inside: {},
  notes: { notes: [] },
  chats: new Map(),
  ui: {
    lang: chosenLanguage(),
    theme: kept('theme', 'auto'),
    customer: 0,
    acting: 0,
    place: 'group', // what the staff's side shows: a group, or 'private'
    group: 0, // which group
    topic: 0,
    tab: 'guest', // what a narrow screen shows
    inside: false,
    menu: '',
    dialog: null,
    seen: {}, // chat -> newest message that was on the screen
    drafts: {},
    replies: {},
    edits: {},
    errors: {},
    toasts: [],
    tour: null,
  },
};

const listeners = new Set();
let queued = false;

export function touch() {
  if (queued) return;
  queued = true;
  queueMicrotask(() => {
    queued = false;
    for (const listener of listeners) listener();
  });
}

export function change(about) {
  Object.assign(store.ui, about);
  touch();
}

export function useStore() {
  const [, again] = useReducer((n) => n + 1, 0);
  useEffect(() => {
    listeners.add(again);
    return () => listeners.delete(again);
  }, []);
  return store;
}

// Waiting for something to become so, for the tour and for acts that follow one another.
export function until(test, patience = 20000) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => { listeners.delete(look); reject(new Error('not seen in time')); }, patience);
    function look() {
      const found = test();
      if (!found) return;
      clearTimeout(timer);
      listeners.delete(look);
      resolve(found);
    }
    listeners.add(look);
    look();
  });
}

export const person = (id) => store.people.all[id] ?? { id, name: '', title: '' };
export const chatOf = (id) => store.chats.get(Number(id));
export const shownGroup = () => (store.scene.groups.includes(store.ui.group) ? store.ui.group : store.scene.groups[0] ?? store.scene.group);
export const isStaff = (id) => store.people.staff.includes(Number(id));
export const messagesOf = (id) => {
  const chat = chatOf(id);
  return chat ? [...chat.messages.values()].filter((m) => !m.deleted) : [];
};

export function unread(id, viewer) {
  const seen = store.ui.seen[id] ?? 0;
  return messagesOf(id).filter((m) => m.id > seen && m.author !== viewer && !m.service).length;
}

let toastNumber = 0;
export function toast(text, about = {}) {
  const made = { n: ++toastNumber, text, ...about };
  store.ui.toasts = [...store.ui.toasts, made];
  touch();
  setTimeout(() => {
    store.ui.toasts = store.ui.toasts.filter((each) => each !== made);
    touch();
  }, about.ms ?? 4500);
}
