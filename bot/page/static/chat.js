// A chat: its messages in order, days between them, what Telegram refused, and where to write.
import { html, useEffect, useLayoutEffect, useRef } from './dom.js';
import { Composer } from './composer.js';
import { Message } from './message.js';
import { messagesOf, store, touch } from './store.js';
import { dayKey, longDay, clockTime } from './time.js';
import { t } from './words.js';

const AT_END = 90; // pixels from the end that still count as "reading the newest"

export function Chat({ id, viewer, topic, label, empty }) {
  const chat = store.chats.get(id) ?? { id, messages: new Map(), topics: {} };
  const shown = messagesOf(id).filter((message) => !topic || inTopic(message, topic));
  const list = useRef(null);
  const follow = useRef(true);
  const last = shown.at(-1);
  const change = `${last?.id}/${shown.length}/${last?.buttons.length}/${store.notes.notes.length}`;
  useLayoutEffect(() => { follow.current = true; }, [id, viewer, topic]);
  useLayoutEffect(() => {
    if (follow.current || last?.author === viewer) list.current.scrollTop = list.current.scrollHeight;
  }, [id, viewer, topic, change]);
  useEffect(() => { if (list.current.offsetParent) markSeen(id, last); });
  useEffect(() => {
    const stay = () => { if (follow.current) list.current.scrollTop = list.current.scrollHeight; };
    const watching = new ResizeObserver(stay);
    watching.observe(list.current);
    return () => watching.disconnect();
  }, []);
  const scrolled = () => {
    if (!list.current.offsetParent) return;
    const { scrollTop, scrollHeight, clientHeight } = list.current;
    follow.current = scrollHeight - scrollTop - clientHeight < AT_END;
  };
  return html`<div class="chat">
    <div class="messages" role="log" aria-live="polite" aria-label=${label} tabindex="0" ref=${list} onScroll=${scrolled}>
      ${shown.length ? lines(chat, shown, viewer) : html`<div class="empty">${empty}</div>`}
    </div>
    <${Composer} chat=${chat} viewer=${viewer} topic=${topic} />
  </div>`;
}

const inTopic = (message, topic) => (topic === 1 ? !message.thread : message.thread === topic);

function markSeen(id, last) {
  if (!last || document.hidden || (store.ui.seen[id] ?? 0) >= last.id) return;
  store.ui.seen = { ...store.ui.seen, [id]: last.id };
  touch();
}

// Messages, albums joined, with the day before the first of each day and refusals where they happened.
function lines(chat, shown, viewer) {
  const made = [];
  const notes = store.notes.notes.filter((note) => note.chat === chat.id);
  let day = '';
  let before = null;
  for (const parts of joined(shown)) {
    const [message] = parts;
    while (notes.length && notes[0].at < message.date) { made.push(note(notes.shift())); before = null; }
    const today = dayKey(message.date * 1000);
    if (today !== day) { made.push(html`<div class="day" key=${`d${today}`}><span>${longDay(message.date * 1000)}</span></div>`); before = null; }
    day = today;
    const first = !before || before.author !== message.author || before.service || message.date - before.date > 600;
    const replied = message.reply_to ? chat.messages.get(message.reply_to) : null;
    made.push(html`<${Message} key=${message.id} parts=${parts} chat=${chat} viewer=${viewer} replied=${replied} first=${first} />`);
    before = message;
  }
  return [...made, ...notes.map(note)];
}

function joined(messages) {
  const made = [];
  for (const message of messages) {
    const last = made.at(-1);
    if (message.media_group_id && last?.[0].media_group_id === message.media_group_id) last.push(message);
    else made.push([message]);
  }
  return made;
}

const note = (each) => html`<div class="refusal" key=${`n${each.n}`} role="note">
  <b>${t('refused')}</b> <code>${each.method}</code> · ${each.outcome}${each.times > 1 ? ` × ${each.times}` : ''} <small>${clockTime(each.at * 1000)}</small>
</div>`;
