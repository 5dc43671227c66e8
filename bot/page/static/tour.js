// The guided tour: a bubble on the next thing to press. What the steps are: steps.js.
import { html, useEffect, useLayoutEffect, useRef, useState, classes } from './dom.js';
import { STEPS, TOUR_KEY } from './steps.js';
import { playAll, stopPlaying } from './play.js';
import { change, keep, store, useStore } from './store.js';
import { t } from './words.js';

export function leaveTour() {
  stopPlaying();
  keep(TOUR_KEY, 'seen');
  change({ tour: null });
}

export function Tour() {
  const { ui, told, scene } = useStore();
  useEffect(() => {
    const wanted = new URLSearchParams(location.search).get('tour');
    let seen = '';
    try { seen = localStorage.getItem(`zabota.${TOUR_KEY}`) ?? ''; } catch { seen = ''; }
    if (told && wanted !== 'no' && (wanted === 'yes' || !seen)) change({ tour: { step: 0 } });
  }, [told]);
  const step = ui.tour ? STEPS[ui.tour.step] : null;
  useEffect(() => { if (step && !ui.tour.done) step.begin?.(); }, [ui.tour?.step]);
  const passed = step && scene.ready && step.done();
  useEffect(() => {
    if (!passed || ui.tour.playing) return;
    if (ui.tour.step + 1 < STEPS.length) change({ tour: { ...ui.tour, step: ui.tour.step + 1 } });
    else if (!ui.tour.done) change({ tour: { ...ui.tour, done: true } });
  }, [passed, ui.tour?.step]);
  if (!ui.tour) return null;
  return html`<${Bubble} step=${step} n=${ui.tour.step} />`;
}

function Bubble({ step, n }) {
  const { tour } = store.ui;
  const [, again] = useState(0);
  const box = useRef(null);
  useEffect(() => { const timer = setInterval(() => again((k) => k + 1), 300); return () => clearInterval(timer); }, []);
  const target = tour.done ? null : step.target();
  useLayoutEffect(() => {
    target?.classList.add('pointed');
    return () => target?.classList.remove('pointed');
  }, [target]);
  useLayoutEffect(() => { if (box.current) place(box.current, target); });
  const name = tour.done ? 'end' : step.name;
  const late = !tour.done && step.late?.() ? '.then' : '';
  return html`<aside class="tour" ref=${box} role="dialog" aria-label=${t('tour')} aria-live="polite">
    <span class="count-of">${tour.done ? t('tour') : t('tour.count', { n: n + 1, of: STEPS.length })}</span>
    <h2>${t(`tour.${name}`)}</h2><p>${t(`tour.${name}.about${late}`)}</p>
    <div class="tour-foot">
      <button type="button" onClick=${leaveTour}>${t(tour.done ? 'tour.close' : 'tour.leave')}</button>
      ${tour.playing
        ? html`<button type="button" class="go" onClick=${stopPlaying}>${t('tour.stop')}</button>`
        : !tour.done && html`<button type="button" class=${classes(n === 0 && 'go')} disabled=${!store.scene.ready} onClick=${playAll}>${t('tour.play')}</button>`}
    </div>
  </aside>`;
}

// Beside the target, inside the window, with the tip pointing at it.
function place(box, target) {
  const { offsetWidth: width, offsetHeight: height } = box;
  const seen = target?.getBoundingClientRect();
  box.classList.remove('below', 'above', 'centre');
  if (!seen || (!seen.width && !seen.height)) {
    box.classList.add('centre');
    move(box, (innerWidth - width) / 2, innerHeight - height - 90);
    return;
  }
  const left = Math.min(Math.max(12, seen.left + seen.width / 2 - width / 2), innerWidth - width - 12);
  const below = seen.bottom + 16 + height < innerHeight || seen.top < height + 24;
  box.classList.add(below ? 'below' : 'above');
  box.style.setProperty('--tip', `${Math.min(Math.max(18, seen.left + seen.width / 2 - left - 7), width - 32)}px`);
  move(box, left, below ? Math.min(seen.bottom + 14, innerHeight - height - 8) : seen.top - height - 14);
}

function move(box, left, top) {
  box.style.left = `${Math.round(left)}px`;
  box.style.top = `${Math.round(Math.max(8, top))}px`;
}
