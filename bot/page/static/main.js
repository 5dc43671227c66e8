// The page put together: the bar above, the guest's phone and the staff's window, the inside below.
import { html, render, classes, useEffect } from './dom.js';
import { Bar } from './bar.js';
import { Dialogs } from './dialogs.js';
import { Guests } from './guests.js';
import { icon } from './icons.js';
import { Inside } from './inside.js';
import { connect } from './server.js';
import { Staff } from './staff.js';
import { change, keep, store, unread, useStore } from './store.js';
import { Toasts } from './toasts.js';
import { Tour } from './tour.js';
import { loadWords, t } from './words.js';

function Page() {
  const { ui, told, connected } = useStore();
  useEffect(() => { document.documentElement.dataset.theme = ui.theme; }, [ui.theme]);
  useEffect(() => { document.title = `${t('title')} · ${store.scene.brand ?? ''}`; });
  return html`<div class=${classes('page', `show-${ui.tab}`, ui.inside && 'with-inside')}>
    <a class="skip" href="#staff">${t('skip')}</a>
    <${Bar} />
    ${told && !connected && html`<div class="lost" role="alert">${t('lost')}</div>`}
    <main>
      <${Guests} />
      <${Staff} />
    </main>
    <${Inside} />
    <${Tabs} />
    <${Dialogs} />
    <${Toasts} side="page" />
    <${Tour} />
  </div>`;
}

function Tabs() {
  const { ui, scene, people } = store;
  const waiting = { guest: ui.tab === 'guest' ? 0 : unread(ui.customer, ui.customer), staff: ui.tab === 'staff' ? 0 : scene.groups.reduce((sum, each) => sum + unread(each, ui.acting), 0) };
  for (const id of people.staff) if (ui.tab !== 'staff') waiting.staff += unread(id, id);
  const tabs = [['guest', 'phone'], ['staff', 'group'], ['inside', 'lamp']];
  return html`<nav class="tabs" aria-label=${t('tabs')}>${tabs.map(([name, sign]) => html`
    <button type="button" aria-current=${ui.tab === name ? 'page' : undefined} onClick=${() => change({ tab: name, inside: name === 'inside' || ui.inside })}>
      ${icon(sign)}<span>${t(`tab.${name}`)}</span>${waiting[name] ? html`<span class="count">${waiting[name]}</span>` : null}</button>`)}</nav>`;
}

function closeMenus(event) {
  if (event.type === 'keydown' && event.key !== 'Escape') return;
  if (event.type === 'click' && event.target.closest?.('.menu-place')) return;
  if (store.ui.menu) change({ menu: '' });
}

export async function speak(lang) {
  await loadWords(lang);
  keep('lang', lang);
  change({ lang });
}

await loadWords(store.ui.lang);
document.addEventListener('click', closeMenus);
document.addEventListener('keydown', closeMenus);
render(html`<${Page} />`, document.getElementById('page'));
connect();
