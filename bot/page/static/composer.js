// Where a person writes: words, files, a voice, a reply, a command; and what Telegram will not let them do.
import { html, useEffect, useRef, useState } from './dom.js';
import { icon } from './icons.js';
import { ReplyKeyboard } from './keyboards.js';
import { asMedium, kindOf, record, samplePhoto } from './media.js';
import { act } from './server.js';
import { change, isStaff, person, store, touch } from './store.js';
import { t } from './words.js';

const keyOf = (chat, viewer) => `${viewer}:${chat.id}`;
const put = (name, key, value) => change({ [name]: { ...store.ui[name], [key]: value } });

export function Composer({ chat, viewer, topic }) {
  const key = keyOf(chat, viewer);
  const who = person(viewer);
  const field = useRef(null);
  const text = store.ui.drafts[key] ?? '';
  useEffect(() => fit(field.current), [text]);
  const error = store.ui.errors[chat.id];
  if (chat.id > 0 && who.blocked) return html`<${Instead} viewer=${viewer} deed="unblock" label=${t('unblock')} />`;
  if (chat.id > 0 && !who.started) return html`<${Instead} viewer=${viewer} deed="start" label=${t('start')} />`;
  const send = () => say(chat, viewer, topic, key);
  const typed = (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
    if (event.key === 'Escape') { put('replies', key, null); put('edits', key, null); }
  };
  return html`<div class="composer">
    ${error && html`<div class="error" role="alert"><span>${t('impossible')} ${error}</span>
      <button type="button" class="tool" aria-label=${t('close')} onClick=${() => fail(chat, '')}>${icon('close')}</button></div>`}
    <${Above} chat=${chat} name=${key} />
    <div class="line">
      <${Attach} chat=${chat} viewer=${viewer} topic=${topic} />
      <textarea id=${`write-${chat.id}`} ref=${field} rows="1" value=${text} placeholder=${t('write')} aria-label=${t('write.as', { who: who.name })}
        onInput=${(event) => put('drafts', key, event.target.value)} onKeyDown=${typed}></textarea>
      <${Commands} chat=${chat} viewer=${viewer} />
      ${text.trim()
        ? html`<button type="button" class="round send" data-send=${chat.id} aria-label=${t('send')} onClick=${send}>${icon('send')}</button>`
        : html`<${Voice} chat=${chat} viewer=${viewer} topic=${topic} />`}
    </div>
    <${ReplyKeyboard} chat=${chat} viewer=${viewer} />
  </div>`;
}

function fit(field) {
  if (!field?.offsetParent) return;
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight, 132)}px`;
}

function fail(chat, sentence) {
  store.ui.errors = { ...store.ui.errors, [chat.id]: sentence };
  touch();
}

const place = (chat, viewer, topic, replyTo) => ({
  ...(chat.id === viewer ? {} : { chat: chat.id }),
  ...(topic && topic !== 1 ? { topic } : {}),
  ...(replyTo ? { reply_to: replyTo } : {}),
});

async function say(chat, viewer, topic, key) {
  const text = (store.ui.drafts[key] ?? '').trim();
  if (!text) return;
  const edited = store.ui.edits[key];
  const body = { text, ...place(chat, viewer, topic, edited ? null : store.ui.replies[key]) };
  // Cleared at once, so that what is typed while it goes out stays; given back when it may not go.
  clear(key);
  try {
    if (edited) await act(viewer, 'edit', { ...body, message_id: edited });
    else await act(viewer, 'send', body);
    fail(chat, '');
  } catch (problem) {
    if (!store.ui.drafts[key]) store.ui.drafts = { ...store.ui.drafts, [key]: text };
    fail(chat, problem.message);
  }
}

function clear(key) {
  for (const [name, nothing] of [['drafts', ''], ['replies', null], ['edits', null]]) store.ui[name] = { ...store.ui[name], [key]: nothing };
  touch();
}

export async function sendFiles(chat, viewer, topic, files, as) {
  const key = keyOf(chat, viewer);
  const caption = (store.ui.drafts[key] ?? '').trim();
  const where = place(chat, viewer, topic, store.ui.replies[key]);
  try {
    const media = await Promise.all(files.map((file) => asMedium(file, as ?? kindOf(file))));
    if (media.length > 1) {
      const parts = media.map((medium, n) => ({ medium, ...(n === 0 && caption ? { text: caption } : {}) }));
      await act(viewer, 'album', { parts, ...where });
    } else await act(viewer, 'send', { medium: media[0], text: caption, ...where });
    clear(key);
    fail(chat, '');
  } catch (problem) { fail(chat, problem.message); }
}

function Instead({ viewer, deed, label }) {
  return html`<div class="composer"><button type="button" class="wide" data-start onClick=${() => act(viewer, deed, {})}>${label}</button></div>`;
}

function Above({ chat, name }) {
  const edited = store.ui.edits[name];
  const to = chat.messages.get(edited ?? store.ui.replies[name]);
  if (!to) return null;
  const leave = () => {
    if (edited) { put('edits', name, null); put('drafts', name, ''); } else put('replies', name, null);
  };
  return html`<div class="above"><span class="above-mark">${icon(edited ? 'edit' : 'reply')}</span>
    <span class="above-text"><b>${edited ? t('editing') : to.from}</b><span>${to.text.slice(0, 90) || t(`kind.${to.kind}`)}</span></span>
    <button type="button" class="tool" aria-label=${t('cancel')} onClick=${leave}>${icon('close')}</button></div>`;
}

function Attach({ chat, viewer, topic }) {
  const menu = `attach:${chat.id}`;
  const open = store.ui.menu === menu;
  const files = useRef(null);
  const kind = useRef(null);
  const pick = (accept, as) => {
    kind.current = as;
    files.current.accept = accept;
    files.current.click();
    change({ menu: '' });
  };
  const picked = async (event) => {
    const chosen = [...event.target.files].slice(0, 10);
    event.target.value = '';
    if (chosen.length) await sendFiles(chat, viewer, topic, chosen, kind.current);
  };
  const sample = async () => { change({ menu: '' }); await sendFiles(chat, viewer, topic, [await samplePhoto()], 'photo'); };
  return html`<div class="menu-place">
    <button type="button" class="round" aria-label=${t('attach')} aria-haspopup="menu" aria-expanded=${open} onClick=${() => change({ menu: open ? '' : menu })}>${icon('clip')}</button>
    <input type="file" multiple hidden ref=${files} onChange=${picked} data-files=${chat.id} />
    ${open && html`<div class="menu up" role="menu">
      <button role="menuitem" type="button" onClick=${() => pick('image/png,image/jpeg,image/webp,video/*', null)}>${icon('camera')}${t('attach.photo')}</button>
      <button role="menuitem" type="button" onClick=${sample}>${icon('lamp')}${t('attach.sample')}</button>
      <button role="menuitem" type="button" onClick=${() => pick('audio/*', 'voice')}>${icon('mic')}${t('attach.voice')}</button>
      <button role="menuitem" type="button" onClick=${() => pick('', 'document')}>${icon('file')}${t('attach.document')}</button>
    </div>`}
  </div>`;
}

function Commands({ chat, viewer }) {
  const menu = `commands:${chat.id}`;
  const open = store.ui.menu === menu;
  const known = chat.id > 0 ? store.scene.commands : [{ command: 'visit', description: t('command.visit') }];
  if (!known.length || (isStaff(viewer) && chat.id > 0 && !known.length)) return null;
  const say = async (command) => {
    change({ menu: '' });
    await act(viewer, 'send', { text: `/${command}`, ...(chat.id === viewer ? {} : { chat: chat.id }) }).catch((problem) => fail(chat, problem.message));
  };
  return html`<div class="menu-place">
    <button type="button" class="round quiet" aria-label=${t('commands')} aria-haspopup="menu" aria-expanded=${open} onClick=${() => change({ menu: open ? '' : menu })}>${icon('slash')}</button>
    ${open && html`<div class="menu up right" role="menu">${known.map((each) => html`
      <button role="menuitem" type="button" onClick=${() => say(each.command)}><b>/${each.command}</b> ${each.description}</button>`)}</div>`}
  </div>`;
}

function Voice({ chat, viewer, topic }) {
  const [recording, setRecording] = useState(null);
  const press = async () => {
    if (recording) {
      setRecording(null);
      await sendFiles(chat, viewer, topic, [await recording.stop()], 'voice');
      return;
    }
    try { setRecording(await record()); } catch { fail(chat, t('no_microphone')); }
  };
  return html`<button type="button" class=${recording ? 'round recording' : 'round'} aria-pressed=${Boolean(recording)}
    aria-label=${t(recording ? 'record.stop' : 'record')} onClick=${press}>${icon(recording ? 'stop' : 'mic')}</button>`;
}
