// What happens inside, to fold away: the bot's process, what came, what was decided, what goes, what falls due.
import { html, classes } from './dom.js';
import { icon } from './icons.js';
import { run } from './server.js';
import { change, store, toast } from './store.js';
import { clockTime, distance, exactTime, nowMs } from './time.js';
import { t, word } from './words.js';

const FAULTS = ['slow', 'flood', 'away', 'limits'];

export function Inside() {
  const { ui, inside, process, content } = store;
  const counts = inside.counts ?? {};
  const waits = (counts['outbox.due'] ?? 0) + (counts['outbox.sending'] ?? 0);
  return html`<section class=${classes('inside', ui.inside && 'open')} aria-label=${t('inside')}>
    <div class="inside-bar">
      <button type="button" class="fold" aria-expanded=${ui.inside} onClick=${() => change({ inside: !ui.inside })}>${icon(ui.inside ? 'down' : 'up')}<span>${t('inside')}</span></button>
      <span class=${`lamp ${process.state}`} role="status">${t(`process.${process.state}`)}</span>
      <span class="sum">${t('inside.sum', { came: counts['inbox.done'] ?? 0, waits, timers: counts['timers.pending'] ?? 0 })}</span>
      ${process.pending ? html`<span class="sum strong">${t('inside.pending', { n: process.pending })}</span>` : null}
      ${content.state === 'mistakes' ? html`<button type="button" class="sum wrong aslink" onClick=${() => change({ inside: true })}>${t('content.mistakes', { n: content.problems.length })}</button>` : null}
      ${content.state === 'reloaded' ? html`<span class="sum good">${t('content.reloaded', { n: content.count })}</span>` : null}
      <span class="space"></span>
      <${Power} />
    </div>
    ${ui.inside && html`<${Panels} />`}
  </section>`;
}

function Power() {
  const { state } = store.process;
  const turn = (what) => run('process', { what }).catch((problem) => toast(problem.message, { bad: true }));
  const alive = state === 'running' || state === 'starting';
  return html`<span class="power">
    <button type="button" class="danger" disabled=${!alive} onClick=${() => turn('kill')}>${t('process.kill')}</button>
    <button type="button" disabled=${alive || state === 'stopping'} onClick=${() => turn('start')}>${t('process.start')}</button>
  </span>`;
}

function Panels() {
  const { inside, content, faults, process } = store;
  const goes = [...(inside.cards ?? []).filter((row) => row.wanted > row.shown).map(asCard), ...(inside.outbox ?? [])];
  return html`<div class="panels">
    <div class="panel" role="region" tabindex="0" aria-label=${t('faults')}>
      ${content.problems.map((each) => html`<p class="problem">${each}</p>`)}
      <h3>${t('faults')}</h3>
      ${FAULTS.map((name) => html`<label class="switch" key=${name}><input type="checkbox" role="switch" checked=${faults.on.includes(name)}
        onChange=${(event) => run('fault', { name, on: event.target.checked })} /><span>${t(`fault.${name}`)}</span></label>`)}
      <p class="dim small">${t('fault.block')}</p>
      <h3>${t('content')}</h3><p class="dim small path">${content.folder}</p>
      ${process.last_words?.length ? html`<pre class="last-words">${process.last_words.join('\n')}</pre>` : null}
    </div>
    <${List} name="inbox" rows=${inside.inbox ?? []} row=${came} />
    <${List} name="turns" rows=${inside.journal ?? []} row=${decided} />
    <${List} name="outbox" rows=${goes} row=${leaving} />
    <${List} name="timers" rows=${inside.timers ?? []} row=${due} />
  </div>`;
}

const asCard = (row) => ({ id: `c${row.case_id}`, method: 'card', state: row.lease_until ? 'sending' : 'due', not_before: row.not_before, error: row.error, case_id: row.case_id, attempts: row.attempts });

function List({ name, rows, row }) {
  return html`<div class="panel" role="region" tabindex="0" aria-label=${t(`inside.${name}`)}><h3>${t(`inside.${name}`)}</h3>
    ${rows.length ? html`<ul>${rows.map(row)}</ul>` : html`<p class="dim small">${t('inside.nothing')}</p>`}</div>`;
}

const came = (row) => html`<li key=${row.id} class=${row.state}><b>${word('update', row.kind)}</b><span>${word('state', row.state)}</span><small>${exactTime(row.received_at)}</small>${row.error && html`<em>${row.error}</em>`}</li>`;

const decided = (row) => html`<li key=${row.id}><b>${word('turn', row.kind)}</b><span>${row.case_id ? `№ ${row.case_id}` : ''} ${row.actor}</span><small>${exactTime(row.at)}</small></li>`;

function leaving(row) {
  const why = reason(row);
  return html`<li key=${row.id} class=${row.state}><b>${word('method', row.method)}</b><span>${why}</span><small>${row.done_at ? exactTime(row.done_at) : ''}</small>${row.error && html`<em>${row.error}</em>`}</li>`;
}

function reason(row) {
  if (row.state !== 'due') return word('state', row.state);
  if (store.process.state !== 'running') return t('waits.bot');
  if (row.attempts && row.not_before > nowMs()) return t('waits.again', { when: clockTime(row.not_before), n: row.attempts });
  if (row.not_before > nowMs()) return t('waits.held', { when: distance(row.not_before) });
  if (row.leads === 0) return t('waits.lane');
  return row.under_card ? t('waits.card') : word('state', row.state);
}

const due = (row) => html`<li key=${row.key} class=${row.state}><b>${word('timer', row.kind)}</b><span>${row.case_id ? `№ ${row.case_id}` : ''} ${t('in', { when: distance(row.due_at) })}</span><small>${clockTime(row.due_at)}</small></li>`;
