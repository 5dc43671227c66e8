// The guest's phone: whose it is, new guests with one click, the chat with the bot.
import { html, classes } from './dom.js';
import { Chat } from './chat.js';
import { avatar, icon } from './icons.js';
import { act, run } from './server.js';
import { change, person, store, toast, unread } from './store.js';
import { Toasts } from './toasts.js';
import { clockTime, nowMs } from './time.js';
import { t } from './words.js';

export function Guests() {
  const { ui, people, scene } = store;
  const guest = person(ui.customer);
  return html`<section class="guests" aria-label=${t('guest.side')}>
    <div class="strip" role="group" aria-label=${t('guest.choose')}>
      ${people.customers.map((id) => html`<${Face} id=${id} key=${id} />`)}
      <${NewGuest} />
    </div>
    <div class="phone">
      <div class="status" aria-hidden="true"><span>${clockTime(nowMs())}</span><span class="island"></span><span>${guest.language}</span></div>
      <header class="chat-head">
        ${avatar(scene.bot?.id ?? 0, scene.bot?.name, 'bot')}
        <div class="chat-name"><h2>${scene.bot?.name ?? ''}</h2><small>${t('guest.bot')}</small></div>
        <${Block} guest=${guest} />
      </header>
      <${Toasts} side="guest" />
      <${Chat} id=${ui.customer} viewer=${ui.customer} label=${t('guest.chat', { name: guest.name })} empty=${t('guest.empty', { name: guest.name })} />
    </div>
  </section>`;
}

function Face({ id }) {
  const each = person(id);
  const chosen = store.ui.customer === id;
  const count = chosen ? 0 : unread(id, id);
  return html`<button type="button" class=${classes('face', chosen && 'chosen')} aria-pressed=${chosen} onClick=${() => change({ customer: id, tab: 'guest' })}>
    ${avatar(id, each.name)}<span class="face-name">${each.name}</span><small>${each.language}</small>
    ${count ? html`<span class="count" aria-label=${t('unread', { n: count })}>${count}</span>` : null}</button>`;
}

function NewGuest() {
  const { scene, people, ui } = store;
  const open = ui.menu === 'guest';
  const next = scene.more[(people.customers.length - 3 + scene.more.length) % (scene.more.length || 1)];
  const make = async (name, language) => {
    change({ menu: '' });
    try { change({ customer: (await run('customer', { name, language })).id, tab: 'guest' }); } catch (problem) { toast(problem.message, { bad: true }); }
  };
  const submit = (event) => {
    event.preventDefault();
    const told = new FormData(event.target);
    make(told.get('name'), told.get('language'));
  };
  return html`<div class="menu-place">
    <button type="button" class="face add" aria-label=${t('guest.new')} title=${t('guest.new')} aria-expanded=${open} onClick=${() => change({ menu: open ? '' : 'guest' })}><span class="avatar plus">${icon('plus')}</span></button>
    ${open && html`<form class="menu down" onSubmit=${submit}>
      ${next && html`<button type="button" class="primary" onClick=${() => make(next.name, next.language)}>${t('guest.add', { name: next.name })}</button>`}
      <label>${t('guest.name')}<input name="name" required maxlength="64" autocomplete="off" /></label>
      <label>${t('guest.language')}<select name="language"><option value="ru">Русский</option><option value="en">English</option><option value="tt">Татарча</option></select></label>
      <button type="submit">${t('guest.make')}</button>
    </form>`}
  </div>`;
}

function Block({ guest }) {
  if (!guest.started) return null;
  const label = t(guest.blocked ? 'unblock' : 'block');
  return html`<button type="button" class="tool" title=${label} aria-label=${label} onClick=${() => act(guest.id, guest.blocked ? 'unblock' : 'block', {})}>${icon('power')}</button>`;
}
