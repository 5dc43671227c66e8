// Talking with the server: news as they come, and what the visitor does. Nothing is drawn here.
import { store, touch } from './store.js';

const SECTIONS = ['scene', 'people', 'clock', 'process', 'faults', 'content', 'inside', 'notes'];

export function connect() {
  const source = new EventSource('/events');
  let fresh = true;
  source.onopen = () => {
    fresh = true;
    store.connected = true;
    touch();
  };
  source.onerror = () => {
    store.connected = false;
    touch();
  };
  for (const name of SECTIONS) {
    source.addEventListener(name, (event) => {
      store[name] = JSON.parse(event.data);
      choose();
      touch();
    });
  }
  source.addEventListener('chat', (event) => {
    if (fresh) store.chats = new Map();
    fresh = false;
    hear(JSON.parse(event.data));
    touch();
  });
  source.addEventListener('now', () => {
    if (!store.told) begin();
    store.told = true;
    touch();
  });
}

function hear(told) {
  const known = store.chats.get(told.id);
  const messages = known ? known.messages : new Map();
  for (const message of told.messages) messages.set(message.id, message);
  store.chats.set(told.id, { ...told, messages });
}

// Somebody to be, as soon as there are people.
function choose() {
  const { ui, people } = store;
  if (!ui.customer && people.customers.length) ui.customer = people.customers[0];
  if (!ui.acting && people.staff.length) ui.acting = people.staff[1] ?? people.staff[0];
}

// What was there before the page was opened is no news.
function begin() {
  for (const [id, chat] of store.chats) {
    const last = [...chat.messages.keys()].pop();
    if (last) store.ui.seen[id] = last;
  }
}

async function ask(path, body) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.error ?? String(answer.status));
  return told;
}

// A person does something in Telegram.
export const act = (who, deed, body) => ask(`/control/people/${who}/${deed}`, body);
// Something is done to the stage: time, process, visits, faults.
export const run = (deed, body) => ask(`/do/${deed}`, body);

export async function tapAnswer(tap) {
  const answer = await fetch(`/control/taps/${tap}?timeout=25`);
  return answer.json();
}
