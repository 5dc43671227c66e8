// What happens when a link or a QR picture is opened: Telegram's own links stay on the page.
import { act } from './server.js';
import { change, isStaff, store, toast } from './store.js';
import { t } from './words.js';

export function ours(address) {
  try {
    const url = new URL(address);
    return ['t.me', 'telegram.me'].includes(url.hostname) ? url : null;
  } catch { return null; }
}

// The deep link that stands in a message: what its QR picture leads to.
export function deepLink(message) {
  for (const entity of message.entities ?? []) {
    const found = entity.type === 'text_link' ? entity.url : message.text.slice(entity.offset, entity.offset + entity.length);
    const url = ['url', 'text_link'].includes(entity.type) ? ours(found) : null;
    if (url?.searchParams.has('start')) return url.href;
  }
  return null;
}

export function openLink(address, viewer) {
  const url = ours(address);
  if (!url) {
    window.open(address, '_blank', 'noopener,noreferrer');
    return;
  }
  const inGroup = /^\/c\/(\d+)\/(\d+)/.exec(url.pathname);
  if (inGroup) {
    jump(Number(`-100${inGroup[1]}`), Number(inGroup[2]));
    return;
  }
  if (url.searchParams.has('startgroup')) {
    change({ dialog: { kind: 'group', link: url.href, viewer } });
    return;
  }
  const forGuests = /^(v_|b_)/.test(url.searchParams.get('start') ?? '');
  if (forGuests && isStaff(viewer)) change({ dialog: { kind: 'scan', link: url.href } });
  else follow(url.href, viewer);
}

// Into a group, when one is chosen for it.
export async function follow(link, viewer, group = 0) {
  try {
    await act(viewer, 'open_link', { link, ...(group ? { chat: group } : {}) });
    show(viewer, group);
  } catch (problem) {
    toast(problem.message, { bad: true });
  }
}

// Bring the chat of whoever has opened a link before the eyes.
function show(viewer, group) {
  if (isStaff(viewer)) change({ acting: viewer, place: group ? 'group' : 'private', ...(group ? { group } : {}), tab: 'staff' });
  else change({ customer: viewer, tab: 'guest' });
}

export function jump(chat, message) {
  if (store.scene.groups.includes(chat)) change({ place: 'group', group: chat, topic: 0, tab: 'staff' });
  setTimeout(() => {
    const found = document.getElementById(`m${chat}-${message}`);
    if (!found) { toast(t('link.gone')); return; }
    found.scrollIntoView({ block: 'center' });
    found.classList.add('flash');
    setTimeout(() => found.classList.remove('flash'), 1600);
  }, 60);
}

export async function copy(text) {
  try { await navigator.clipboard.writeText(text); } catch { /* no rights: the words are on the screen all the same */ }
  toast(t('copied', { what: text.length > 40 ? `${text.slice(0, 40)}…` : text }));
}

