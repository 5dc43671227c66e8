// One message, or an album, as Telegram shows it.
import { html, classes, useState } from './dom.js';
import { avatar, icon } from './icons.js';
import { InlineKeyboard } from './keyboards.js';
import { copy, deepLink, jump, openLink } from './links.js';
import { Medium } from './media.js';
import { rich } from './rich.js';
import { act } from './server.js';
import { change, person, store, toast } from './store.js';
import { clockTime } from './time.js';
import { t, word } from './words.js';

const REACTIONS = ['👍', '❤', '🙏', '😢', '🔥'];
const FILES = ['photo', 'voice', 'audio', 'video', 'animation', 'video_note', 'document', 'sticker'];

export function Message({ parts, chat, viewer, replied, first }) {
  const [message] = parts;
  if (message.service) return html`<${Service} message=${message} />`;
  const own = message.author === viewer && !message.anonymous;
  const named = chat.id < 0 && !own && first;
  const words = parts.find((part) => part.text) ?? message;
  return html`<div id=${`m${chat.id}-${message.id}`} class=${classes('message', own && 'own', first && 'first', message.from_bot && 'bot')} role="article"
      aria-label=${`${message.from}, ${clockTime(message.date * 1000)}`}>
    ${chat.id < 0 && !own ? (first ? avatar(message.author, message.from) : html`<span class="no-avatar"></span>`) : null}
    <div class="body">
      <div class=${classes('bubble', parts.length > 1 && 'album', FILES.includes(message.kind) && `with-${message.kind}`)}>
        ${named && html`<div class=${`sender hue-text-${Math.abs(message.author) % 8}`}>${message.from}${title(message)}</div>`}
        ${forwarded(message)}
        ${message.reply_to && replied ? html`<${Replied} chat=${chat} message=${message} replied=${replied} />` : null}
        <${Files} parts=${parts} chat=${chat} viewer=${viewer} />
        ${card(message)}
        ${words.text && html`<div class="text" dir="auto">${rich(spoken(chat, words), words.entities, hands(chat, viewer))}</div>`}
        <${Foot} message=${message} chat=${chat} viewer=${viewer} />
      </div>
      <${InlineKeyboard} message=${message} chat=${chat.id} viewer=${viewer} />
    </div>
    <${Tools} message=${message} chat=${chat} viewer=${viewer} own=${own} />
  </div>`;
}

const hands = (chat, viewer) => ({
  copy,
  link: (address) => openLink(address, viewer),
  command: (text) => act(viewer, 'send', { text, ...(chat.id === viewer ? {} : { chat: chat.id }) }).catch((problem) => toast(problem.message, { bad: true })),
});

// What a deep link says behind /start is for the bot; people see the command alone.
const spoken = (chat, message) => (chat.id > 0 ? message.text.replace(/^(\/start) \S+$/, '$1') : message.text);

function title(message) {
  const { title: role } = person(message.author);
  return role ? html` <small>${role}</small>` : null;
}

function forwarded(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const from = origin.sender_user?.first_name ?? origin.sender_user_name ?? origin.chat?.title ?? '';
  return html`<div class="forwarded">${t('forwarded', { from })}</div>`;
}

function card(message) {
  if (message.contact) return html`<div class="contact">${icon('person')}<span><b>${message.contact.first_name}</b><small>${message.contact.phone_number}</small></span></div>`;
  if (message.location) return html`<div class="contact">${icon('pin')}<span>${t('location')}</span></div>`;
  return null;
}

function Replied({ chat, message, replied }) {
  const said = message.quote ?? (replied.text || word('kind', replied.kind));
  return html`<button type="button" class="replied" aria-label=${t('replied.to', { who: replied.from, what: said.slice(0, 80) })} onClick=${() => jump(chat.id, replied.id)}>
    <b>${replied.from}</b><span>${said.slice(0, 120)}</span></button>`;
}

function Files({ parts, viewer }) {
  const files = parts.filter((part) => FILES.includes(part.kind));
  if (!files.length) return null;
  const each = files.map((part) => {
    const link = part.kind === 'photo' && part.from_bot ? deepLink(part) : null;
    const scan = () => change({ dialog: { kind: 'scan', link, viewer } });
    return html`<${Medium} message=${part} link=${link} onScan=${scan} key=${part.id} />`;
  });
  return files.length > 1 ? html`<div class=${`grid of-${Math.min(files.length, 4)}`}>${each}</div>` : each;
}

function Foot({ message, chat, viewer }) {
  const put = Object.entries(message.reactions).flatMap(([who, emoji]) => emoji.map((each) => [Number(who), each]));
  return html`<div class="foot">
    ${put.map(([who, emoji]) => html`<span class=${classes('reaction', who === viewer && 'mine')} title=${person(who).name || store.scene.bot?.name}>${emoji}</span>`)}
    <span class="when">${message.edited ? `${t('edited')} ` : ''}${clockTime(message.date * 1000)}</span>
  </div>`;
}

function Tools({ message, chat, viewer, own }) {
  const [open, setOpen] = useState(false);
  const where = chat.id === viewer ? {} : { chat: chat.id };
  const key = `${viewer}:${chat.id}`;
  const did = (promise) => promise.catch((problem) => toast(problem.message, { bad: true }));
  const react = (emoji) => {
    setOpen(false);
    const mine = message.reactions[viewer]?.includes(emoji);
    did(act(viewer, 'react', { message_id: message.id, emoji: mine ? '' : emoji, ...where }));
  };
  const reply = () => { change({ replies: { ...store.ui.replies, [key]: message.id } }); document.getElementById(`write-${chat.id}`)?.focus(); };
  const edit = () => {
    change({ edits: { ...store.ui.edits, [key]: message.id }, drafts: { ...store.ui.drafts, [key]: message.text } });
    document.getElementById(`write-${chat.id}`)?.focus();
  };
  return html`<div class="tools">
    <button type="button" class="tool" data-reply=${message.id} title=${t('reply')} aria-label=${t('reply')} onClick=${reply}>${icon('reply')}</button>
    <button type="button" class="tool" title=${t('react')} aria-label=${t('react')} aria-expanded=${open} onClick=${() => setOpen(!open)}>${icon('smile')}</button>
    ${own && message.kind === 'text' && html`<button type="button" class="tool" title=${t('edit')} aria-label=${t('edit')} onClick=${edit}>${icon('edit')}</button>`}
    ${own && html`<button type="button" class="tool" title=${t('delete')} aria-label=${t('delete')} onClick=${() => did(act(viewer, 'delete', { message_id: message.id, ...where }))}>${icon('bin')}</button>`}
    ${open && html`<div class="reactions" role="group" aria-label=${t('react')}>${REACTIONS.map((emoji) => html`<button type="button" onClick=${() => react(emoji)}>${emoji}</button>`)}</div>`}
  </div>`;
}

function Service({ message }) {
  const what = t(`service.${message.service}`, { who: message.from, names: message.about?.names?.join(', ') ?? '' });
  return html`<div class="service"><span>${what}</span></div>`;
}
