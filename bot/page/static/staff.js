// The staff's window: the groups, each with its topics, everybody's private chat with the bot, and as whom one acts.
import { html, classes } from './dom.js';
import { Chat } from './chat.js';
import { avatar } from './icons.js';
import { Toasts } from './toasts.js';
import { change, chatOf, messagesOf, person, shownGroup, store, unread } from './store.js';
import { clockTime } from './time.js';
import { t, word } from './words.js';

export function Staff() {
  const { ui, scene } = store;
  const acting = person(ui.acting);
  const inGroup = ui.place === 'group';
  const group = shownGroup();
  const id = inGroup ? group : ui.acting;
  return html`<section class="staff" id="staff" aria-label=${t('staff.side')}>
    <nav class="chats" aria-label=${t('staff.chats')}>
      ${scene.groups.map((each) => html`<${Place} key=${each} id=${each} name=${chatOf(each)?.chat.title ?? ''} kind="group"
        chosen=${inGroup && each === group} onOpen=${() => change({ place: 'group', group: each, topic: 0, tab: 'staff' })} />`)}
      <h3>${t('staff.private')}</h3>
      ${store.people.staff.map((each) => html`<${Place} key=${each} id=${each} name=${person(each).name} kind="person"
        chosen=${!inGroup && ui.acting === each} onOpen=${() => change({ place: 'private', acting: each, tab: 'staff' })} />`)}
    </nav>
    <div class="window">
      <header class="chat-head">
        ${inGroup ? avatar(group, '', 'group') : avatar(scene.bot?.id ?? 0, scene.bot?.name, 'bot')}
        <div class="chat-name"><h2>${inGroup ? chatOf(group)?.chat.title : scene.bot?.name}</h2>
          <small>${inGroup ? t('staff.members', { n: Object.keys(chatOf(group)?.members ?? {}).length }) : t('staff.private.of', { name: acting.name })}</small></div>
        <${Acting} />
      </header>
      ${inGroup && html`<${Topics} />`}
      <${Toasts} side="staff" />
      <${Chat} id=${id} viewer=${ui.acting} topic=${inGroup ? ui.topic : 0}
        label=${inGroup ? t('staff.group') : t('staff.private.of', { name: acting.name })} empty=${t('staff.empty')} />
    </div>
  </section>`;
}

function Place({ id, name, kind, chosen, onOpen }) {
  const last = messagesOf(id).filter((message) => !message.service).at(-1);
  const viewer = kind === 'group' ? store.ui.acting : id;
  const count = chosen ? 0 : unread(id, viewer);
  const about = person(id);
  return html`<button type="button" class=${classes('place', chosen && 'chosen')} aria-current=${chosen ? 'true' : undefined} onClick=${onOpen}>
    ${avatar(id, name, kind)}
    <span class="place-words"><span class="place-line"><b>${name}</b><small class="time">${last ? clockTime(last.date * 1000) : ''}</small></span>
      ${kind === 'person' && html`<small class="role">${about.title || t('staff.none')}${about.role && html`<i class=${about.on_shift ? 'on' : 'off'}>${t(about.on_shift ? 'shift.on' : 'shift.off')}</i>`}</small>`}
      <span class="place-line"><small class="last">${last ? last.text || word('kind', last.kind) : ''}</small>
        ${count ? html`<span class="count" aria-label=${t('unread', { n: count })}>${count}</span>` : null}</span></span>
  </button>`;
}

function Acting() {
  const { ui, people } = store;
  const choose = (event) => change({ acting: Number(event.target.value) });
  return html`<label class="acting"><span>${t('staff.acting')}</span>
    <select value=${ui.acting} onChange=${choose}>
      ${people.staff.map((id) => html`<option value=${id} selected=${id === ui.acting}>${person(id).name}${person(id).title ? `, ${person(id).title}` : ''}</option>`)}
    </select></label>`;
}

function Topics() {
  const chat = chatOf(shownGroup());
  const topics = Object.entries(chat?.topics ?? {});
  if (!chat?.chat.is_forum) return null;
  const all = [[0, t('topic.all')], [1, t('topic.general')], ...topics.map(([id, each]) => [Number(id), each.name])];
  return html`<div class="topics" role="tablist" aria-label=${t('topics')}>${all.map(([id, name]) => html`
    <button type="button" role="tab" aria-selected=${store.ui.topic === id} onClick=${() => change({ topic: id })}>${name}</button>`)}</div>`;
}
