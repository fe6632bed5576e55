// Where messages stand: what is outside of an open window is out of reach of eyes, ears and hands, so they are within the uppermost one.
let place: HTMLElement | null = null;

export function standsAt(messages: HTMLElement): {destroy: () => void} {
  place = messages;
  return {destroy: () => (place = null)};
}

export function placeToasts() {
  if (!place) return;
  const host = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
  if (place.parentElement !== host) host.append(place);
}
