// The whole story played by itself at reading speed: the same presses as a visitor's, with pauses to read.
import { STEPS } from './steps.js';
import { change, store, until } from './store.js';

const READING_MS = Number(new URLSearchParams(location.search).get('pace') ?? 2600);
let playing = null;

class Stopped extends Error {}

export function stopPlaying() {
  if (playing) playing.stopped = true;
  playing = null;
  if (store.ui.tour) change({ tour: { ...store.ui.tour, playing: false } });
}

export async function playAll() {
  const mine = { stopped: false };
  playing = mine;
  change({ tour: { ...store.ui.tour, playing: true } });
  try {
    for (let n = store.ui.tour.step; n < STEPS.length; n += 1) await playStep(n, mine);
    change({ tour: { step: STEPS.length - 1, done: true } });
  } catch (problem) {
    if (!(problem instanceof Stopped)) stopPlaying();
  }
}

async function playStep(n, mine) {
  change({ tour: { ...store.ui.tour, step: n } });
  await pause(READING_MS, mine);
  const step = STEPS[n];
  for (let presses = 0; presses < 6 && !step.done(); presses += 1) {
    const target = step.target();
    if (!target) { await pause(300, mine); continue; }
    target.scrollIntoView({ block: 'nearest' });
    target.click();
    await settled(step, target, mine);
    if (!step.done()) await pause(READING_MS / 2, mine);
  }
  await until(() => step.done() || mine.stopped, 30000);
  if (mine.stopped) throw new Stopped();
  await pause(READING_MS / 2, mine);
}

// Until the press has led somewhere: the step is done, or something else is to be pressed.
async function settled(step, pressed, mine) {
  for (let look = 0; look < 50; look += 1) {
    await pause(100, mine);
    while (store.clock.pushing) await pause(100, mine);
    if (step.done() || step.target() !== pressed) return;
  }
}

async function pause(ms, mine) {
  await new Promise((resolve) => { setTimeout(resolve, ms); });
  if (mine.stopped) throw new Stopped();
}
