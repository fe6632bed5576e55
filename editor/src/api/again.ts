// What is read once more whenever something happens: one reading at a time. Who asks while one runs gets the next, which begins
// when that one has ended and is the same for all who have asked meanwhile; so no old answer overtakes a newer one.
export class Again {
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  constructor(readonly read: () => Promise<void>) {}

  // Resolves when everything that is so now has been read.
  ask(): Promise<void> {
    if (!this.#running) return this.#begin();
    return (this.#next ??= this.#running.then(() => this.#follow(), () => this.#follow()));
  }

  #follow(): Promise<void> {
    this.#next = null;
    return this.#begin();
  }

  #begin(): Promise<void> {
    const running = this.read().finally(() => {
      if (this.#running === running) this.#running = null;
    });
    this.#running = running;
    return running;
  }
}
