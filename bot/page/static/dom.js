// Preact with htm, as every module here uses them.
import { h, render, Fragment } from 'preact';
import htm from 'htm';

export { h, render, Fragment };
export { useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
export const html = htm.bind(h);

export const classes = (...names) => names.filter(Boolean).join(' ');
