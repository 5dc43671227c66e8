// What is asked in the middle of the page: the visit, who opens a link, an alert of Telegram's.
import { html, useEffect, useRef } from './dom.js';
import { avatar, icon } from './icons.js';
import { follow } from './links.js';
import { run } from './server.js';
import { change, chatOf, person, store, toast } from './store.js';
import { t } from './words.js';

const close = () => change({ dialog: null });

export function Dialogs() {
  const { dialog } = store.ui;
  if (!dialog) return null;
  if (dialog.kind === 'visit') return html`<${Visit} />`;
  if (dialog.kind === 'scan') return html`<${Scan} link=${dialog.link} />`;
  if (dialog.kind === 'group') return html`<${WhichGroup} link=${dialog.link} viewer=${dialog.viewer} />`;
  return html`<${Box} label=${t('alert')} kind="alert"><p>${dialog.text}</p><button type="button" class="primary" onClick=${close}>OK</button><//>`;
}

// A native modal keeps the focus inside, and Escape closes it.
function Box({ label, kind, children }) {
  const box = useRef(null);
  useEffect(() => {
    const back = document.activeElement;
    box.current.showModal();
    return () => back?.focus?.();
  }, []);
  return html`<dialog ref=${box} class=${`box ${kind}`} aria-label=${label} onClose=${close} onClick=${(event) => event.target === box.current && close()}>
    <div class="box-inside"><div class="box-head"><h2>${label}</h2>
      <button type="button" class="tool" aria-label=${t('close')} onClick=${close}>${icon('close')}</button></div>${children}</div>
  </dialog>`;
}

function Visit() {
  const { scene, ui, people } = store;
  const submit = async (event) => {
    event.preventDefault();
    const told = Object.fromEntries(new FormData(event.target));
    try {
      await run('visit', { ...told, opens: told.opens === 'on' });
      change({ dialog: null, customer: Number(told.customer), tab: 'guest' });
      if (told.opens !== 'on') toast(t('visit.kept'));
    } catch (problem) { toast(problem.message, { bad: true }); }
  };
  return html`<${Box} label=${t('visit.title')} kind="visit-box"><form onSubmit=${submit}>
    <label>${t('visit.guest')}<select name="customer">${people.customers.map((id) => html`<option value=${id} selected=${id === ui.customer}>${person(id).name}</option>`)}</select></label>
    <label>${t('visit.service')}<input name="service" list="services" autocomplete="off" value=${scene.services[0] ?? ''} /></label>
    <datalist id="services">${scene.services.map((each) => html`<option value=${each} />`)}</datalist>
    <label>${t('visit.branch')}<select name="branch">${scene.branches.map((each) => html`<option value=${each.id}>${each.name}</option>`)}</select></label>
    <label>${t('visit.master')}<input name="master" list="masters" autocomplete="off" value=${scene.masters[0] ?? ''} /></label>
    <datalist id="masters">${scene.masters.map((each) => html`<option value=${each} />`)}</datalist>
    <label class="tick"><input type="checkbox" name="opens" defaultChecked=${true} checked />${t('visit.opens')}</label>
    <button type="submit" class="primary" data-tour="visit-go">${t('visit.go')}</button>
  </form><//>`;
}

// A link that adds the bot to a group: Telegram asks which one.
function WhichGroup({ link, viewer }) {
  const open = (group) => { close(); follow(link, viewer, group); };
  const fresh = async () => {
    try { open((await run('group', {})).id); } catch (problem) { toast(problem.message, { bad: true }); }
  };
  return html`<${Box} label=${t('group.which')} kind="scan-box"><p class="dim">${t('group.about')}</p>
    <div class="faces">${store.scene.groups.map((id) => html`
      <button type="button" class="place" onClick=${() => open(id)}>${avatar(id, '', 'group')}<span class="place-words"><b>${chatOf(id)?.chat.title ?? ''}</b></span></button>`)}
      <button type="button" class="place" onClick=${fresh}>${avatar(0, '', 'group')}<span class="place-words"><b>${t('group.new')}</b></span></button></div><//>`;
}

function Scan({ link }) {
  const { people } = store;
  const open = (id) => { close(); follow(link, id); };
  return html`<${Box} label=${t('scan.who')} kind="scan-box"><p class="dim">${t('scan.about')}</p>
    <div class="faces">${[...people.customers, ...people.staff].map((id) => html`
      <button type="button" class="place" onClick=${() => open(id)}>${avatar(id, person(id).name)}<span class="place-words"><b>${person(id).name}</b><small>${person(id).title || t('guest')}</small></span></button>`)}</div>
    <p class="dim small">${link}</p><//>`;
}
