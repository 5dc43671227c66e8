// The eight steps of the tour: what is pressed, how one sees that it is done, and the words for it.
// Buttons are known by what they send to the bot, so that the story works with any business's texts.
import { change, messagesOf, store } from './store.js';
import { t } from './words.js';

export const TOUR_KEY = 'tour';

const find = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.offsetParent).pop() ?? null;
const seenIn = (id, test) => messagesOf(id).filter(test);
const guest = () => store.ui.customer;
const group = () => store.scene.group;
const hasButton = (pattern) => (message) => message.buttons.some((row) => row.some((button) => pattern.test(button.data ?? '')));

export const BUTTONS = {
  rating: /^a\|\d+\|[^|]+\|2$/,
  anyRating: /^a\|\d+\|[^|]+\|[1-5]$/,
  gift: /^c\|\d+\|give\|/,
  resolve: /^c\|\d+\|done/,
  cause: /^c\|\d+\|cause\|(?!later)/,
  check: /^a\|\d+\|[^|]+\|(no|not_quite|again)/,
  undo: /^c\|\d+\|undo\|/,
};

export const newest = (id, pattern) => {
  for (const message of messagesOf(id).reverse()) {
    for (const row of message.buttons) for (const button of row) if (pattern.test(button.data ?? '')) return { message, button };
  }
  return null;
};

const element = (id, pattern) => at(id, newest(id, pattern));

const at = (id, found) => {
  return found ? document.querySelector(`#m${id}-${found.message.id} [data-tap="${CSS.escape(found.button.data)}"]`) : null;
};

// The card of this story: others may stand beside it.
let ours = 0;
const card = () => messagesOf(group()).find((message) => message.id === ours) ?? newest(group(), /^c\|/)?.message;
const onCard = (pattern) => {
  const found = card();
  for (const row of found?.buttons ?? []) for (const button of row) if (pattern.test(button.data ?? '')) return { message: found, button };
  return null;
};
const cardElement = (pattern) => at(group(), onCard(pattern));
const draft = (chat, viewer, text) => change({ drafts: { ...store.ui.drafts, [`${viewer}:${chat}`]: text } });
const next = () => find('[data-tour="next"]');
// What was there when a step began: everything of the story is newer than that.
let mark = { guest: 0, group: 0 };
const remember = () => { mark = { guest: lastId(guest()), group: lastId(group()) }; };
const lastId = (id) => messagesOf(id).at(-1)?.id ?? 0;
const newSince = (id, since, test) => seenIn(id, (message) => message.id > since && test(message)).length > 0;
const fromBot = (message) => message.from_bot;

export const STEPS = [
  {
    name: 'visit',
    begin: () => { ours = 0; change({ tab: 'guest' }); remember(); },
    target: () => find('[data-tour="visit-go"]') ?? find('[data-tour="visit"]'),
    done: () => newest(guest(), BUTTONS.anyRating) !== null,
  },
  {
    name: 'rate',
    begin: () => { change({ tab: 'guest' }); remember(); },
    target: () => element(guest(), BUTTONS.rating),
    done: () => newest(guest(), BUTTONS.anyRating) === null && lastId(group()) > mark.group,
  },
  {
    name: 'tell',
    begin: () => { ours = card()?.id ?? 0; remember(); draft(guest(), guest(), t('tour.words.guest')); },
    target: () => find(`[data-send="${guest()}"]`) ?? find(`#write-${guest()}`),
    done: () => newSince(guest(), mark.guest, (message) => message.author === guest() && message.text),
  },
  {
    name: 'promise',
    begin: remember,
    target: next,
    done: () => newSince(guest(), mark.guest, fromBot),
  },
  {
    name: 'reply',
    begin: () => {
      change({ tab: 'staff', place: 'group', group: group(), acting: store.people.staff[1], replies: { ...store.ui.replies, [`${store.people.staff[1]}:${group()}`]: card()?.id } });
      draft(group(), store.people.staff[1], t('tour.words.staff'));
      remember();
    },
    late: () => newSince(group(), mark.group, (message) => message.author === store.ui.acting),
    target: () => find(`[data-send="${group()}"]`) ?? next(),
    done: () => newSince(guest(), mark.guest, fromBot),
  },
  {
    name: 'gift',
    begin: () => { change({ tab: 'staff', place: 'group', group: group() }); remember(); },
    late: () => onCard(BUTTONS.undo) !== null,
    target: () => (onCard(BUTTONS.undo) ? next() : cardElement(BUTTONS.gift)),
    done: () => newSince(guest(), mark.guest, fromBot),
  },
  {
    name: 'resolve',
    begin: () => { change({ tab: 'staff', place: 'group', group: group() }); remember(); },
    late: () => onCard(BUTTONS.cause) !== null,
    target: () => cardElement(BUTTONS.cause) ?? cardElement(BUTTONS.resolve),
    done: () => onCard(BUTTONS.cause) === null && onCard(BUTTONS.resolve) === null,
  },
  {
    name: 'check',
    begin: () => { change({ tab: 'guest' }); remember(); },
    late: () => checkButtons() !== null,
    target: () => checkButtons() ?? [...document.querySelectorAll('.moves button')][2],
    done: () => newSince(guest(), mark.guest, (message) => message.from_bot && !asks(message)) && checkButtons() === null,
  },
];

const asks = hasButton(/^a\|/);
const checkButtons = () => {
  const last = messagesOf(guest()).filter(asks).at(-1);
  return last && last.id > mark.guest ? document.querySelector(`#m${guest()}-${last.id} .key`) : null;
};
