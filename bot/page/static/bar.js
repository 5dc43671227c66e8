// The bar above: what time it is at the branch, moving it, and a visit that has just ended.
import { html, classes, useEffect, useState } from './dom.js';
import { icon } from './icons.js';
import { run } from './server.js';
import { change, keep, store, toast } from './store.js';
import { clockTime, dayName, distance, isQuiet, nowMs } from './time.js';
import { speak } from './main.js';
import { t, word } from './words.js';

const STEPS = [['10m', 600], ['2h', 7200], ['2d', 172800]];

export function Bar() {
  const { ui, scene, process, clock } = store;
  const push = (body) => run('push', body).then((told) => { if (!told.moved) toast(t('clock.nothing')); }).catch((problem) => toast(problem.message, { bad: true }));
  return html`<header class="bar">
    <div class="brand"><img src="/static/mark.svg" alt="" width="32" height="32" /><div><h1>${t('title')}</h1><small>${scene.brand}</small></div></div>
    <${Clock} />
    <div class="moves" role="group" aria-label=${t('clock.move')}>
      ${STEPS.map(([name, seconds]) => html`<button type="button" disabled=${clock.pushing} onClick=${() => push({ seconds })}>${t(`clock.${name}`)}</button>`)}
      <button type="button" class="wide" data-tour="next" aria-label=${t('clock.next')} title=${t('clock.next')} disabled=${clock.pushing || !clock.next} onClick=${() => push({ next: true })}>
        ${icon('next')}<span>${t('clock.next')}</span></button>
    </div>
    <button type="button" class="primary visit" data-tour="visit" disabled=${!scene.ready || process.state !== 'running'} onClick=${() => change({ dialog: { kind: 'visit' } })}>
      <span class="long">${t('visit.button')}</span><span class="short">${t('visit.short')}</span></button>
    <div class="settings">
      <button type="button" class="tool" aria-label=${t('tour.begin')} title=${t('tour.begin')} onClick=${() => change({ tour: { step: 0 } })}>${icon('play')}</button>
      <button type="button" class="tool lang" aria-label=${`${ui.lang === 'ru' ? 'EN' : 'RU'}: ${t('language')}`} title=${t('language')} onClick=${() => speak(ui.lang === 'ru' ? 'en' : 'ru')}>${ui.lang === 'ru' ? 'EN' : 'RU'}</button>
      <${Theme} />
    </div>
  </header>`;
}

function Clock() {
  const [, tick] = useState(0);
  useEffect(() => { const timer = setInterval(() => tick((n) => n + 1), 1000); return () => clearInterval(timer); }, []);
  const { scene, clock } = store;
  const now = nowMs();
  const quiet = isQuiet(now);
  const [branch] = scene.branches;
  return html`<div class=${classes('clock', clock.pushing && 'moving')} title=${branch?.zone}>
    <time class="big">${clockTime(now)}</time>
    <div class="clock-words"><b>${dayName(now)}</b><small>${branch?.name}</small></div>
    <div class="clock-words dim">
      <small class=${quiet ? 'quiet-now' : ''}>${t(quiet ? 'quiet.now' : 'quiet', { from: scene.quiet[0] ?? '', to: scene.quiet[1] ?? '' })}</small>
      <small>${clock.next ? t('clock.coming', { what: word('timer', clock.next.kind), when: distance(clock.next.at) }) : t('clock.calm')}</small>
    </div>
  </div>`;
}

function Theme() {
  const dark = store.ui.theme === 'dark' || (store.ui.theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  const turn = () => { const theme = dark ? 'light' : 'dark'; keep('theme', theme); change({ theme }); };
  return html`<button type="button" class="tool" aria-label=${t(dark ? 'theme.light' : 'theme.dark')} title=${t(dark ? 'theme.light' : 'theme.dark')} onClick=${turn}>${icon(dark ? 'sun' : 'moon')}</button>`;
}
