// A bar that stays at the foot of the window, with something to press: messages stand above it, and not over it.
export function foot(bar: HTMLElement): {destroy: () => void} {
  const {style} = document.documentElement;
  const seen = new ResizeObserver(() => style.setProperty('--foot', `${bar.offsetHeight}px`));
  seen.observe(bar);
  return {
    destroy() {
      seen.disconnect();
      style.removeProperty('--foot');
    },
  };
}
